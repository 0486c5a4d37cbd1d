import { clamp, plainText } from '../core/text.ts';

/** Why `ssh` ended with exit code 255. */
export type ExitReason =
  | 'refused'
  | 'timedOut'
  | 'unreachable'
  | 'unknownHost'
  | 'hostKeyChanged'
  | 'hostKeyNotTrusted'
  | 'permissionDenied'
  | 'tooManyKeys'
  | 'jumpHostFailed'
  | 'closed'
  | 'badSettings';

/** The first match decides. Reports of a changed key end in the line about a failed verification. */
const patterns: readonly (readonly [RegExp, ExitReason])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/u, 'hostKeyChanged'],
  [/Host key verification failed/u, 'hostKeyNotTrusted'],
  [/Too many authentication failures/u, 'tooManyKeys'],
  [/Permission denied \(|No more authentication/u, 'permissionDenied'],
  [/Connection refused/iu, 'refused'],
  [/timed out|Timeout, server/iu, 'timedOut'],
  [/Could not resolve hostname/u, 'unknownHost'],
  [/No route to host|Network is unreachable|Host is down/iu, 'unreachable'],
  [
    /Bad configuration option|terminating, \d+ bad|Bad owner or permissions|Too many recursive/u,
    'badSettings',
  ],
  // A connection through another program has no address of its own. What that program printed went to the terminal.
  [/UNKNOWN port 65535/u, 'jumpHostFailed'],
  [
    /[Cc]onnection (?:to \S+ |.*)?(?:closed|reset|aborted)|Broken pipe|client_loop: send/u,
    'closed',
  ],
];

/** Reads the log that `ssh -E` wrote. Undefined if it contains no known problem. */
export function readExitReason(log: string): ExitReason | undefined {
  return patterns.find(([pattern]) => pattern.test(log))?.[1];
}

/** The last line of the log, safe to show. */
export function lastLine(log: string): string {
  const lines = log.split(/[\r\n]+/u).map(plainText);
  return clamp(lines.findLast((line) => line !== '') ?? '', 200);
}
