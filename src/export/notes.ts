import * as l10n from '@vscode/l10n';
import type { Session } from '../state/session.ts';
import { staleListText } from '../text/errors.ts';

/** When VPS.org last listed the account's servers, in this run or an earlier one. */
export function listedAtOf({ servers: { load } }: Session): number | undefined {
  return load.knownAt;
}

/**
 * Warnings about outdated lists, and about incomplete ones among `lists`. A server picked from an incomplete list is itself
 * complete.
 */
export function gapTexts(
  sources: readonly Session[],
  lists: readonly Session[],
  namesAccounts: boolean,
): readonly string[] {
  return [...new Set([...lists, ...sources])].flatMap((session) =>
    gapsOf(session, lists.includes(session)).map((text) =>
      withAccount(session, text, namesAccounts),
    ),
  );
}

/** The notes at the top of a file: the time of each list, the gaps, and a hint about sample servers. */
export function noteTexts(
  sources: readonly Session[],
  gaps: readonly string[],
  namesAccounts: boolean,
): readonly string[] {
  const times = sources.flatMap((session) => {
    const listedAt = listedAtOf(session);
    if (listedAt === undefined) {
      return [];
    }
    const text = l10n.t('VPS.org servers as of {0}.', utcTimeText(listedAt));
    return [withAccount(session, text, namesAccounts)];
  });
  const hasSample = sources.some(({ account }) => account.kind === 'sample');
  return [
    ...times,
    ...gaps,
    ...(hasSample
      ? [l10n.t('Sample servers are simulated: nothing responds at their addresses.')]
      : []),
  ];
}

/** Why the list may differ from VPS.org's. With `isWhole`, also which part of it is missing. */
function gapsOf(session: Session, isWhole: boolean): readonly string[] {
  const {
    isRejected,
    servers: { load, servers },
  } = session;
  const listedAt = listedAtOf(session);
  if (listedAt === undefined) {
    return isWhole
      ? [l10n.t('The server list could not be loaded. Its servers are missing here.')]
      : [];
  }
  const gaps: string[] = [];
  const problem = isRejected ? 'rejected' : load.error;
  if (problem) {
    gaps.push(staleListText(problem, utcTimeText(listedAt)));
  } else if (load.loadedAt === undefined) {
    gaps.push(l10n.t('VPS.org has not responded yet. Last updated at {0}.', utcTimeText(listedAt)));
  }
  if (isWhole && load.total > servers.length) {
    gaps.push(l10n.t('VPS.org returned {0} of {1} servers.', servers.length, load.total));
  }
  return gaps;
}

function withAccount(session: Session, text: string, namesAccounts: boolean): string {
  return namesAccounts ? l10n.t('{0}: {1}', session.account.label, text) : text;
}

/** Minutes in UTC, because a file may be read in another time zone and much later. */
function utcTimeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
