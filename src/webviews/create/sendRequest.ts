import { AppError } from '../../core/errors.ts';
import type { CreateRequest } from '../../core/requests.ts';
import { findNamesake } from '../../core/sameName.ts';
import type { Server, ServerId } from '../../core/server.ts';
import type { CreationOutcome, ServerCreation } from '../../state/serverCreation.ts';
import type { Session } from '../../state/session.ts';

/** Asks whether to create another server with the name of an existing one. */
export type ConfirmSameName = (session: Session, namesake: Server) => Promise<boolean>;

/** Creates a server, after a question if its name exists. Never rejects. */
export async function sendRequest(
  creation: ServerCreation,
  session: Session,
  request: CreateRequest,
  confirmSameName: ConfirmSameName,
): Promise<CreationOutcome> {
  try {
    for (let confirmed = new Set<ServerId>(); ;) {
      const outcome = await creation.create(session, request);
      if (outcome.kind !== 'nameExists') {
        return outcome;
      }
      // The question may be open for long. A server that took the name meanwhile needs its own.
      const { servers } = session.servers;
      const asked = confirmed;
      const namesake = findNamesake(
        servers.filter(({ id }) => !asked.has(id)),
        request.name,
      );
      if (!namesake) {
        return await creation.create(session, request, { allowSameName: true });
      }
      if (!(await confirmSameName(session, namesake))) {
        return outcome;
      }
      confirmed = new Set(servers.map(({ id }) => id));
    }
  } catch (error) {
    // After an error of our own, a server may exist all the same.
    return {
      kind: 'unclear',
      error: AppError.from(error),
      probableMatch: undefined,
      looked: false,
    };
  }
}
