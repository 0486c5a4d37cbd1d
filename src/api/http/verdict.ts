import { STATUS_CODES } from 'node:http';
import { isRecord } from '../../core/json.ts';
import type { JsonObject } from '../../core/json.ts';
import { parseJson } from './body.ts';

/** UTF-16 units of an error body beyond which it is not parsed: replies of the API are far smaller. */
const maxVerdictLength = 256 * 1024;

/** The parts of a reply that show who sent it. */
export interface ReplySource {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Undefined where the body could not be read. */
  readonly text: string | undefined;
}

/**
 * Whether a 4xx reply is an answer of VPS.org, and not of a proxy, a gateway or a captive portal on the way.
 *
 * The API documents no shape of errors; its backend looks like Django REST framework (`{"detail": "Not found."}`, field
 * maps, lists). So a reply counts as its answer if it is a JSON object or array, carries no mark of a known intermediary, and
 * for a verdict about the token or a server (401, 403, 404, 410) also contains words of its own. Web pages, plain text and empty
 * bodies never count, nor do objects in the known formats of gateways, nor a bare reason phrase (`{"message": "Forbidden"}`),
 * which says nothing that the status does not say.
 *
 * Both mistakes are harmless. A stranger taken for VPS.org: a missing server is confirmed by the list before anything is
 * removed, and a rejected token by a second request. VPS.org taken for a stranger: the answer is shown with its words, the
 * known servers stay, and after a change the server is fetched.
 */
export function isAnswerOfApi({ status, headers, text }: ReplySource): boolean {
  if (status === 407 || intermediaryHeaders.some((name) => headers.get(name) !== null)) {
    return false;
  }
  const isVerdict = verdictStatuses.has(status);
  if (text === undefined) {
    // Only the head arrived.
    return !isVerdict && !/html|text\/plain/i.test(headers.get('content-type') ?? '');
  }
  if (text.length > maxVerdictLength) {
    return false;
  }
  const parsed = parseJson(text);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) {
    // Half of a JSON body is still JSON of someone who answers in JSON.
    return !parsed.ok && parsed.reason === 'truncated' && !isVerdict;
  }
  return isVerdict ? isVerdictOfApi(parsed.value) : !isGatewayFormat(parsed.value, false);
}

const verdictStatuses: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** Headers that only an intermediary adds to a reply of its own. */
const intermediaryHeaders = [
  'proxy-authenticate',
  'x-squid-error',
  'cf-mitigated',
  'x-amzn-errortype',
  'x-iinfo-error',
];

/** Keys that appear together only in replies of gateways and web frameworks other than the API's. */
const gatewayKeys: readonly (readonly string[])[] = [
  ['fault'], // Apigee, WSO2
  ['httpCode', 'httpMessage'], // IBM API Connect
  ['statusCode', 'message'], // Azure API Management, Fastify, NestJS
  ['timestamp', 'path'], // Spring Boot
  ['timestamp', 'status', 'error'],
  ['apiVersion', 'kind'], // Kubernetes
  ['message', 'request_id'], // Kong
  ['message', 'requestId'],
  ['http_status_code'], // Tyk, 3scale
  ['type', 'title', 'status'], // RFC 9457 without a field of the API, see below
  ['Message'], // AWS, .NET
  ['exp'], // Kong, JWT
  ['nbf'],
  ['cloudflare_error'],
  ['ray_id'], // Cloudflare Access
  ['incident_id'], // Imperva
  ['supportID'], // F5
];

function isVerdictOfApi(json: object): boolean {
  if (!isRecord(json)) {
    return Array.isArray(json) && json.some(isVerdictItem);
  }
  // Django REST framework, whatever else is in the object, unless it is a problem document of something else.
  if (hasWords(json.detail) && json.instance === undefined && !hasKeys(json, problemKeys)) {
    return true;
  }
  return (
    !isGatewayFormat(json, true) &&
    (Object.values(json).some(hasOwnWords) || codeKeys.some((key) => isOwnCode(json[key])))
  );
}

const codeKeys = ['error', 'code', 'error_code', 'message'];

/** Codes that say more than the status does: `invalid_token` and `token_not_valid`, but not `not_found`. */
function isOwnCode(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(?:[a-z]+(?:_[a-z]+)+|unauthenticated\.?)$/i.test(value.slice(0, 100)) &&
    !isReasonPhrase(value)
  );
}

function isVerdictItem(item: unknown): boolean {
  return isText(item) || (isRecord(item) && isVerdictOfApi(item));
}

const problemKeys = ['type', 'title', 'status'];

/** `isStrict`: formats that the API itself might use to refuse a field count as well. */
function isGatewayFormat(json: object, isStrict: boolean): boolean {
  if (!isRecord(json)) {
    return false;
  }
  const keys = isStrict ? gatewayKeys : gatewayKeys.slice(0, 1);
  if (keys.some((group) => hasKeys(json, group))) {
    return true;
  }
  const { code, error, errors, message, success } = json;
  return (
    isStrict &&
    ((isRecord(error) && isGatewayCode(error.code)) || // Azure, Google
      (success === false && Array.isArray(errors)) || // Cloudflare
      (isGatewayCode(code) && (message !== undefined || error !== undefined)) || // Google, WSO2
      gatewayPhrases.test(textOf(json)))
  );
}

/** A number, or a word in Pascal case. An API in Python would write `not_found`. */
function isGatewayCode(code: unknown): boolean {
  return (
    typeof code === 'number' || (typeof code === 'string' && /^(?:\d+$|[A-Z][a-z])/.test(code))
  );
}

/** Sentences of gateways that answer with nothing but `message` or `error`. */
const gatewayPhrases =
  /^jwt |^rbac:|no authorization header|no mandatory '|no credentials found for|invalid signature|unrecognizable token|hmac signature|security token included|key=value pair|requires '\w+' parameter|limit exceeded|no route matched|no api ?key found|missing authentication token|authentication credentials? cannot|invalid authentication credentials|cannot consume this service|explicit deny|not authorized to access this resource|incoming token has expired|access to this api|authorization field missing|subscription key|upstream|\bgateway\b|\bproxy\b|\bfirewall\b|cannot (?:get|post|put|patch|delete) \/|route .*not (?:be )?found|no (?:route|handler|backend|healthy)|not found: \/|page not found|no static resource|captcha|blocked by|ip (?:address )?(?:is )?(?:blocked|not allowed|denied)/i;

function textOf(json: JsonObject): string {
  return ['message', 'Message', 'error', 'msg']
    .map((key) => json[key])
    .filter(isText)
    .join(' ')
    .slice(0, 1000);
}

function hasKeys(json: JsonObject, keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(json, key));
}

/** Whether a value is a text, or has one a level or two below. */
function hasWords(value: unknown): boolean {
  return isText(value) || (typeof value === 'object' && value !== null && hasDeepText(value, 3));
}

function hasDeepText(value: object, depth: number): boolean {
  return Object.values(value)
    .slice(0, 20)
    .some(
      (item: unknown) =>
        isText(item) ||
        (depth > 0 && typeof item === 'object' && item !== null && hasDeepText(item, depth - 1)),
    );
}

/** As `hasWords`, but a text must say more than a status does: two words, and no reason phrase. */
function hasOwnWords(value: unknown): boolean {
  return typeof value === 'string'
    ? /\S\s+\S/.test(value) && !isReasonPhrase(value)
    : typeof value === 'object' && value !== null && hasDeepText(value, 3);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Whether a text is nothing but a status: "404 Not Found", "Bad gateway.", "HTTP 403". */
export function isReasonPhrase(text: string): boolean {
  if (text.length > 100) {
    return false;
  }
  const phrase = text
    .toLowerCase()
    .replace(/\b(?:http(?:\/[\d.]+)?|error|status|code|temporarily|\d{3})\b/g, ' ')
    .replace(/[^a-z]+/g, ' ')
    .trim();
  return phrase === '' || reasonPhrases.has(phrase);
}

const reasonPhrases: ReadonlySet<string> = new Set(
  [...Object.values(STATUS_CODES), 'Access Denied', 'Time out', 'Gateway Time out'].map((text) =>
    (text ?? '')
      .toLowerCase()
      .replace(/\berror\b/g, ' ')
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  ),
);
