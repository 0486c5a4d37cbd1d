import type { AccountOwner } from '../core/account.ts';
import { isKind } from '../core/errors.ts';
import { isRecord } from '../core/json.ts';
import { ifAvailable } from './apiCall.ts';
import type { ApiCall } from './apiCall.ts';
import { readObject, readText } from './decode/fields.ts';
import type { ReportIssue } from './decode/fields.ts';
import type { CallOptions } from './http/transport.ts';

export interface AccountCalls {
  /**
   * `GET /account/me/`. Undefined where the endpoint is not available or its reply names no owner. That does not make the
   * token valid; `listServers` does.
   */
  getOwner(options?: CallOptions): Promise<AccountOwner | undefined>;
}

export function createAccountCalls(call: ApiCall): AccountCalls {
  return {
    getOwner: async (options) => {
      const request = { method: 'GET', path: '/account/me/' } as const;
      try {
        const reply = await ifAvailable(call.json(request, options));
        return reply && call.read(request, (reportIssue) => toOwner(reply.body, reportIssue));
      } catch (error) {
        // A redirect stays an error: it can mean that this is not the API at all.
        if (isKind(error, 'badResponse') && error.reason !== 'redirect') {
          return undefined;
        }
        throw error;
      }
    },
  };
}

/** Undefined where the reply has neither `account` nor `token`. */
function toOwner(raw: unknown, reportIssue: ReportIssue): AccountOwner | undefined {
  const source = { json: isRecord(raw) ? raw : {}, path: '', reportIssue };
  const account = readObject(source, 'account');
  const token = readObject(source, 'token');
  if (account === undefined && token === undefined) {
    return undefined;
  }
  const names = account ? [readText(account, 'first_name'), readText(account, 'last_name')] : [];
  return {
    email: account && readText(account, 'email'),
    name: names.filter((name) => name !== undefined).join(' ') || undefined,
    company: account && readText(account, 'company_name'),
    tokenName: token && readText(token, 'name'),
  };
}
