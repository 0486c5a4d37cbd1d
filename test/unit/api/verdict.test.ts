import assert from 'node:assert/strict';
import type { ErrorKind } from '../../../src/core/errors.ts';
import { isUnclear } from '../../../src/core/errors.ts';
import { errorText } from '../../../src/text/errors.ts';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import type { Step } from './support/scriptedFetch.ts';

/** Bodies that VPS.org may send: those of Django REST framework, and of APIs in the same spirit. */
const ownBodies: readonly string[] = [
  '{"detail":"Not found."}',
  '{"detail":"Not found"}',
  '{"detail":"Invalid token."}',
  '\ufeff{"detail":"Not found."}'.slice(1),
  ' \n{"detail": "Authentication credentials were not provided."}\n',
  '{"detail":"No Server matches the given query."}',
  '{"detail":"<b>Not found.</b>"}',
  '{"detail":"Token expired","code":"token_not_valid"}',
  '{"detail":"Given token not valid","code":"token_not_valid","messages":[{"token_class":"A","message":"Token is invalid"}]}',
  '{"detail":{"message":"Server not found"}}',
  '{"detail":["Server not found"]}',
  '{"status":"error","message":"Server not found"}',
  '{"status":404,"message":"Server not found"}',
  '{"message":"Server 12345 does not exist"}',
  '{"message":"Invalid token"}',
  '{"error":"Server not found"}',
  '{"error":"invalid_token","error_description":"The access token expired"}',
  '{"error":{"code":"not_found","message":"Server not found"}}',
  '{"code":"not_found","message":"Server not found"}',
  '{"errors":[{"detail":"Server not found"}]}',
  '{"type":"client_error","errors":[{"code":"not_found","detail":"Not found.","attr":null}]}',
  '{"non_field_errors":["No such server."]}',
  '{"error":"invalid_token"}',
  '{"error":"token_expired"}',
  '{"code":"token_not_valid"}',
  '{"error_code":"no_such_server","status":"error"}',
  '{"message":"Unauthenticated."}',
  '{"error":"Unauthenticated"}',
  '{"code":"token_not_valid","detail":"Token is invalid or expired"}',
  '{"errors":[{"status":"401","title":"Unauthorized","detail":"The token has expired."}]}',
  '{"error":{"message":"Invalid token"}}',
  '{"message":"Your API token is invalid.","documentation":"https://vps.org/docs/"}',
  '["Server not found"]',
  '[{"message":"Server not found"}]',
];

/** Answers of proxies, gateways, captive portals and web servers, as they are really sent. */
const strangers: readonly [string, Omit<Exclude<Step, Error | 'hang'>, 'status'>][] = [
  ['nothing', { text: '' }],
  ['white space', { text: ' \r\n' }],
  ['nginx', { text: '<html>\r\n<head><title>404 Not Found</title></head></html>' }],
  ['a page after a blank line', { text: '\n<!DOCTYPE html><title>Not Found</title>' }],
  ['a page after a comment', { text: '<!-- x --><html>Sign in</html>' }],
  ['XML', { text: '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>' }],
  ['Go, Traefik', { text: '404 page not found\n' }],
  ['Envoy', { text: 'no healthy upstream' }],
  ['Envoy, JSON', { text: '{"message":"Jwt verification fails","code":401}' }],
  ['Envoy, JSON, JWT', { text: '{"message":"Jwt is missing"}' }],
  ['Envoy, RBAC', { text: '{"message":"RBAC: access denied"}' }],
  ['Traefik, JWT', { text: '{"error":"no Authorization header in the request"}' }],
  ['oauth2-proxy', { text: '{"error":"unauthorized"}' }],
  ['Envoy, JWT', { text: 'Jwt is missing', headers: { 'www-authenticate': 'Bearer' } }],
  ['Express', { text: 'Cannot GET /api/v1/servers/7/' }],
  ['Gravitee', { text: 'No context-path matches the request URI.' }],
  ['a word', { text: 'Forbidden' }],
  ['a JSON string', { text: '"Not found."' }],
  ['a number', { text: '404' }],
  ['null', { text: 'null' }],
  ['an empty object', { text: '{}' }],
  ['an empty list', { text: '[]' }],
  ['an object without words', { text: '{"status":404,"ok":false}' }],
  ['a list of nothing', { text: '[null, 5, [], {}]' }],
  ['a deep list', { text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }],
  ['half of a body', { text: '{"detail": "Not fo' }],
  ['Kong', { text: '{"message":"no Route matched with those values"}' }],
  ['Kong 3', { text: '{"message":"no Route matched with those values","request_id":"e4f9"}' }],
  ['Kong, key', { text: '{"message":"No API key found in request"}' }],
  ['Kong, ACL', { text: '{"message":"You cannot consume this service"}' }],
  ['Kong, claims', { text: '{"message":"No mandatory \'iss\' in claims"}' }],
  ['Kong, issuer', { text: '{"message":"No credentials found for given \'iss\'"}' }],
  ['Kong, signature', { text: '{"message":"Invalid signature"}' }],
  ['Kong, expired', { text: '{"exp":"token expired"}' }],
  ['Kong, HMAC', { text: '{"message":"HMAC signature cannot be verified"}' }],
  ['Kong, address', { text: '{"message":"IP address not allowed: 203.0.113.9"}' }],
  ['Kong, bot', { text: '{"message":"Unrecognizable token"}' }],
  ['Kong, JWT', { text: '{"message":"Invalid authentication credentials"}' }],
  ['AWS', { text: '{"message":"Not Found"}' }],
  ['AWS, 403', { text: '{"message":"Forbidden"}' }],
  ['AWS, 401', { text: '{"message":"Unauthorized"}' }],
  ['AWS, token', { text: '{"message":"Missing Authentication Token"}' }],
  ['AWS, policy', { text: '{"Message":"User is not authorized to access this resource"}' }],
  ['AWS, any', { text: '{"Message":"Access to this resource ends here."}' }],
  ['AWS, v4', { text: '{"message":"Authorization header requires \'Credential\' parameter."}' }],
  [
    'AWS, v4, sign',
    { text: '{"message":"\'x\' not a valid key=value pair (missing equal-sign) in header."}' },
  ],
  [
    'AWS, signature',
    { text: '{"message":"The security token included in the request is invalid."}' },
  ],
  ['AWS, throttle', { text: '{"message":"Limit Exceeded"}' }],
  ['AWS, header', { text: '{"detail":"x y"}', headers: { 'x-amzn-ErrorType': 'X' } }],
  ['Cloudflare', { text: '{"success":false,"errors":[{"code":9109,"message":"Bad token"}]}' }],
  [
    'Cloudflare, problem',
    {
      text: '{"type":"https://developers.cloudflare.com/x","title":"Error 1020: Access denied","status":403,"detail":"Blocked here.","error_code":1020,"cloudflare_error":true}',
    },
  ],
  ['Cloudflare Access', { text: '{"error":"Access denied","aud":"4714","ray_id":"8f1"}' }],
  ['Cloudflare, challenge', { text: '<html>Just a moment...', headers: { 'cf-mitigated': 'c' } }],
  ['Cloudflare, Worker', { text: 'error code: 1020' }],
  ['Azure', { text: '{"error":{"code":"ResourceNotFound","message":"It was not found."}}' }],
  ['Azure, code', { text: '{"code":"ResourceNotFound","message":"It was not found."}' }],
  [
    'Azure API Management',
    { text: '{"statusCode":401,"message":"Access denied due to missing subscription key."}' },
  ],
  ['Google', { text: '{"error":{"code":404,"message":"It was not found.","status":"NOT_FOUND"}}' }],
  ['gRPC gateway', { text: '{"code":5,"message":"Method not known","details":[]}' }],
  ['Google ESP', { text: '{"code":16,"message":"JWT validation failed: Missing or bad"}' }],
  [
    'Spring Boot',
    { text: '{"timestamp":"2025-01-10T14:30:00Z","status":404,"error":"Not Found","path":"/x"}' },
  ],
  [
    'Spring Boot 3',
    {
      text: '{"type":"about:blank","title":"Not Found","status":404,"detail":"No static resource x.","instance":"/x"}',
    },
  ],
  ['NestJS', { text: '{"statusCode":404,"message":"Cannot GET /x","error":"Not Found"}' }],
  [
    'Fastify',
    { text: '{"message":"Route GET:/x not found","error":"Not Found","statusCode":404}' },
  ],
  [
    'Apigee',
    { text: '{"fault":{"faultstring":"Unable to identify proxy","detail":{"errorcode":"x"}}}' },
  ],
  ['IBM', { text: '{"httpCode":"404","httpMessage":"Not Found","moreInformation":"No resource"}' }],
  ['WSO2', { text: '{"code":"404","type":"Status report","message":"Not found here"}' }],
  ['Tyk', { text: '{"error":"Access to this API has been disallowed"}' }],
  ['Tyk, header', { text: '{"error":"Authorization field missing"}' }],
  [
    'Kubernetes',
    { text: '{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Nothing here"}' },
  ],
  ['Traefik', { text: '{"error":"Not Found"}' }],
  ['a proxy', { text: '{"error":"Bad Gateway"}' }],
  ['Laravel', { text: '{"message":"The route api/v1/servers/7 could not be found."}' }],
  ['Squid', { text: '{"detail":"x y"}', headers: { 'x-squid-error': 'ERR_ACCESS_DENIED 0' } }],
  ['F5', { text: '{"supportID":"123","message":"The requested URL was rejected."}' }],
];

const verdicts: readonly [number, ErrorKind][] = [
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'notFound'],
];

async function failureOf(step: Step, method: 'GET' | 'DELETE' = 'GET') {
  // A 401 of VPS.org is confirmed by a second request.
  const { api } = makeApi([step, step]);
  const error = await rejection(method === 'GET' ? api.getServer('7') : api.deleteServer('7'));
  assertError(error, {});
  return error;
}

describe('verdicts', () => {
  for (const [status, kind] of verdicts) {
    it(`are ${kind} for a ${status} in JSON of the API`, async () => {
      for (const text of ownBodies) {
        for (const headers of [
          {},
          { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': 'Bearer' },
          { 'content-type': 'text/html', via: '1.1 varnish', server: 'cloudflare' },
        ]) {
          assert.equal((await failureOf({ status, text, headers })).kind, kind, text);
        }
      }
    });

    it(`are none for a ${status} of someone else`, async () => {
      for (const [name, reply] of strangers) {
        for (const method of ['GET', 'DELETE'] as const) {
          const error = await failureOf({ ...reply, status }, method);
          assert.equal(error.kind, 'badResponse', name);
          assert.equal(error.reason, 'intermediary', name);
          assert.equal(error.status, status);
          assert.ok(isUnclear(error));
          assert.match(errorText(error), new RegExp(`^A proxy or gateway .*HTTP ${status}`));
        }
      }
    });

    it(`are none for a ${status} whose body cannot be read`, async () => {
      const error = await failureOf({ status, bodyError: new Error('x') });
      assertError(error, { kind: 'badResponse', reason: 'intermediary', status });
    });
  }

  it('quote a challenge page as the words of an intermediary', async () => {
    const text = '<html><head><title>Attention Required! | Cloudflare</title></head></html>';
    assert.equal(
      errorText(await failureOf({ status: 403, text })),
      'A proxy or gateway between you and VPS.org answered (HTTP 403): Attention Required! | Cloudflare.',
    );
  });

  it('name the proxy of a 407 and the network of a 511', async () => {
    const bodies = ['', '<html>x', '{"detail":"Log in here."}', 'Proxy Authentication Required'];
    for (const text of bodies) {
      const proxy = await failureOf({ status: 407, text }, 'DELETE');
      assert.match(errorText(proxy), /^A proxy between you and VPS\.org requires a sign-in/u);
      assert.ok(isUnclear(proxy));
      const portal = await failureOf({ status: 511, text });
      assert.match(errorText(portal), /^The network requires a sign-in/u);
      assertError(portal, { kind: 'badResponse', reason: 'intermediary' });
    }
    const withWords = await failureOf({ status: 407, text: '{"detail":"Log in here."}' });
    assert.match(errorText(withWords), /It answered: Log in here\.$/u);
  });
});

describe('refusals', () => {
  const statuses: readonly [number, ErrorKind][] = [
    [400, 'invalid'],
    [402, 'paymentRequired'],
    ...[405, 406, 409, 410, 411, 412, 413, 415, 417, 418, 421, 423, 424, 425, 426, 428, 431].map(
      (status) => [status, 'conflict'] as [number, ErrorKind],
    ),
    [422, 'invalid'],
    [451, 'conflict'],
  ];
  for (const [status, kind] of statuses) {
    it(`keep their words: ${status}`, async () => {
      for (const key of ['detail', 'message', 'error']) {
        const error = await failureOf({ status, json: { [key]: 'It is locked now.' } }, 'DELETE');
        assert.equal(error.kind, kind);
        assert.match(errorText(error), /It is locked now\./u);
        assert.ok(!isUnclear(error));
      }
      const page = await failureOf({ status, text: '<title>It is locked now.</title>' }, 'DELETE');
      assert.equal(page.reason, 'intermediary');
      assert.ok(isUnclear(page));
    });
  }

  it('with 429 and 408 have the same meaning from any sender', async () => {
    for (const text of ['', '<html>', 'slow down', '{"detail":"x"}']) {
      assert.equal((await failureOf({ status: 429, text }, 'DELETE')).kind, 'rateLimited');
      const late = await failureOf({ status: 408, text }, 'DELETE');
      assert.equal(late.kind, 'timeout');
      assert.ok(isUnclear(late));
    }
  });

  it('with 5xx show a reason and who may have given it', async () => {
    const rows: readonly [string, string][] = [
      [
        '{"detail":"Maintenance until 10:00."}',
        'VPS.org has a problem (HTTP 503): Maintenance until 10:00.',
      ],
      ['{"error":"Service Unavailable"}', 'VPS.org has a problem (HTTP 503).'],
      ['', 'VPS.org has a problem (HTTP 503).'],
      ['<title>503 Service Temporarily Unavailable</title>', 'VPS.org has a problem (HTTP 503).'],
      ['<html><h1>503</h1>', 'VPS.org has a problem (HTTP 503).'],
      [
        '<title>Just a moment...</title>',
        'VPS.org or a gateway has a problem (HTTP 503): Just a moment...',
      ],
      [
        'no healthy upstream',
        'VPS.org or a gateway has a problem (HTTP 503): no healthy upstream.',
      ],
    ];
    for (const [text, expected] of rows) {
      const error = await failureOf({ status: 503, text }, 'DELETE');
      assert.equal(error.kind, 'server');
      assert.equal(errorText(error), expected.replace('<title>', ''));
      assert.ok(isUnclear(error));
    }
  });
});
