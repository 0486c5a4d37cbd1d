import { toUsableAddress, toUsableHostname } from './address.ts';
import type { Server } from './server.ts';
import { plainText } from './text.ts';

/** A fact of a server that can be copied. */
export type CopyableFact = 'ipAddress' | 'ipv6Address' | 'hostname' | 'id' | 'location';

/**
 * The text to copy, checked like exported text: an address to connect to, a hostname, or one line without invisible characters.
 * Undefined if there is none.
 *
 * @param mayBeLoopback whether the servers are on this computer (`isOnThisComputer`)
 */
export function toCopyable(
  server: Server,
  fact: CopyableFact,
  mayBeLoopback: boolean,
): string | undefined {
  switch (fact) {
    case 'ipAddress':
    case 'ipv6Address':
      return toUsableAddress(server[fact], mayBeLoopback);
    case 'hostname':
      return toUsableHostname(server.hostname, mayBeLoopback);
    case 'id':
    case 'location': {
      const text = server[fact];
      return text !== undefined && text !== '' && plainText(text) === text ? text : undefined;
    }
  }
}
