import type { AccountId } from '../core/account.ts';
import type { AppError } from '../core/errors.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerSettings } from '../core/requests.ts';
import type { Server, ServerAction, ServerId } from '../core/server.ts';

/** An action whose request is about to be sent. */
export interface SentAction {
  readonly action: ServerAction | 'create';
  readonly accountId: AccountId;
  /** Undefined for a creation. */
  readonly serverId: ServerId | undefined;
  /** The server's name before the action, or the name of the new server. */
  readonly name: string;
  /** What the action sets. */
  readonly settings?: Partial<ServerSettings> | undefined;
}

/** What the record keeps of an `ActionOutcome` or a `CreationOutcome`. */
export interface RecordedOutcome {
  readonly kind: string;
  readonly error?: AppError;
  /** The API's own message. */
  readonly message?: string | undefined;
  /** The created server. */
  readonly ref?: ServerRef;
  readonly probableMatch?: Server | undefined;
}

/** Records an action just before it is sent. The result is called once, with the outcome. Neither delays the action. */
export type RecordAction = (action: SentAction) => (outcome: RecordedOutcome) => void;
