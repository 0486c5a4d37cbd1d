import { checkHostname } from '../validation.ts';
import type { ExportedServer } from './exportedServer.ts';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/u;

function isIpv6(text: string): boolean {
  // The form is checked by the URL parser; what could mean anything else to it does not get there.
  return /^[\da-f:.]+$/iu.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}

/** An address that is nothing but an address: no blanks, quotes, `%` or leading hyphen, by which a config could be led astray. */
function toHost(text: string | null): string | undefined {
  if (text === null) {
    return undefined;
  }
  if (ipv4.test(text) || isIpv6(text)) {
    return text;
  }
  const hostname = checkHostname(text);
  return hostname.ok ? hostname.value : undefined;
}

/** Where the server is reached. Its hostname is no answer: it is what a person typed, and need not lead to the server. */
export function reachableAt(server: ExportedServer): string | undefined {
  return toHost(server.ipAddress) ?? toHost(server.ipv6Address);
}
