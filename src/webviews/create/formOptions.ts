import type { AccountId } from '../../core/account.ts';
import type { Clock } from '../../core/clock.ts';
import type { Server } from '../../core/server.ts';
import type { PlanCatalog } from '../../state/planCatalog.ts';
import type { ServerCreation } from '../../state/serverCreation.ts';
import type { Sessions } from '../../state/sessions.ts';
import type { DraftStore } from './drafts.ts';
import type { ConfirmSameName } from './sendRequest.ts';
import type { UsedIds } from './usedIds.ts';

/** What a new form is filled with. */
export interface CreateStart {
  readonly accountId: AccountId;
  readonly location?: string | undefined;
  /** The server that the new one should be like. */
  readonly like?: Server | undefined;
}

export interface CreateFormDependencies {
  readonly sessions: Sessions;
  readonly creation: ServerCreation;
  readonly planCatalog: PlanCatalog;
  readonly drafts: DraftStore;
  readonly usedIds: UsedIds;
  readonly clock: Clock;
  readonly confirmSameName: ConfirmSameName;
}
