import * as l10n from '@vscode/l10n';
import type { Choice } from '../../core/choice.ts';
import type { Session } from '../../state/session.ts';
import { distinctAccountTexts } from '../../text/accounts.ts';

/** Whether the newest list request did not fail and the token was not rejected. */
function isReachable({ isRejected, servers }: Session): boolean {
  return !isRejected && servers.load.error === undefined;
}

/**
 * The account that a new form starts with. One that can be reached comes before one that cannot, and a real one before the
 * sample account.
 */
export function defaultSession(sessions: readonly Session[]): Session | undefined {
  const isReal = ({ account }: Session): boolean => account.kind === 'token';
  const reachable = sessions.filter(isReachable);
  return reachable.find(isReal) ?? reachable[0] ?? sessions.find(isReal) ?? sessions[0];
}

/** The accounts to choose from. Those that cannot be used at the moment say so. */
export function accountChoices(sessions: readonly Session[]): readonly Choice[] {
  const texts = distinctAccountTexts(sessions.map(({ account }) => account));
  return sessions.map((session) => {
    const text = texts.get(session.account.id) ?? session.account.label;
    return {
      value: session.account.id,
      label: session.isRejected
        ? l10n.t('{0} - token rejected', text)
        : isReachable(session)
          ? text
          : l10n.t("{0} - can't be reached", text),
    };
  });
}
