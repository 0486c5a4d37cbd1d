import { AppError } from '../core/errors.ts';
import type { RedactText } from '../core/redact.ts';
import { createAccountCalls } from './account.ts';
import type { AccountCalls } from './account.ts';
import { ApiCall } from './apiCall.ts';
import { summarize } from './http/failure.ts';
import { withConfirmedRejections } from './http/rejection.ts';
import { createTransport } from './http/transport.ts';
import type { TransportOptions } from './http/transport.ts';
import { createPlanCalls } from './plans.ts';
import type { PlanCalls } from './plans.ts';
import { createServerCalls } from './servers.ts';
import type { ServerCalls } from './servers.ts';

/**
 * The VPS.org REST API with one token, see docs/api.md. Every call rejects with an `AppError` and nothing else. GET requests
 * are retried on transient failures; nothing else is ever sent twice.
 */
export interface ServersApi extends ServerCalls, PlanCalls, AccountCalls {}

/** The text for people of an error that `text/errors` has none for; undefined for all others. */
export type ExplainError = (error: AppError) => string | undefined;

type Defaults = Pick<TransportOptions, 'random' | 'log' | 'userAgent'>;
export type ServersApiOptions = Omit<TransportOptions, keyof Defaults> &
  Partial<Defaults> & { readonly explain?: ExplainError };

const defaults: Defaults = {
  random: Math.random,
  log: { debug: () => undefined, warn: () => undefined },
  userAgent: 'vps-org-vscode',
};

/** Creates the client for one token. It holds no connection and no timer between calls, so there is nothing to dispose. */
export function createServersApi(options: ServersApiOptions): ServersApi {
  const transportOptions: TransportOptions = { ...defaults, ...options };
  const transport = withConfirmedRejections(createTransport(transportOptions));
  const call = new ApiCall(transport, transportOptions.log);
  return withAppErrors(
    { ...createServerCalls(call), ...createPlanCalls(call), ...createAccountCalls(call) },
    transport.redactText,
    options.explain ?? (() => undefined),
  );
}

/** The same calls, which reject with an explained `AppError` only. A bug of ours becomes kind `server`, its text redacted. */
function withAppErrors(api: ServersApi, redactText: RedactText, explain: ExplainError): ServersApi {
  const guarded = Object.entries(api).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (call as (...args: unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        const known =
          error instanceof AppError ? error : AppError.from(summarize(error, redactText));
        known.explanation ??= explain(known);
        throw known;
      }
    },
  ]);
  // Each call keeps its name and its parameters.
  return Object.fromEntries(guarded) as ServersApi;
}
