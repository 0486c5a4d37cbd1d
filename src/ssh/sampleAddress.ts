import { BlockList, isIPv6 } from 'node:net';

const documentation = new BlockList();
for (const network of ['192.0.2.0', '198.51.100.0', '203.0.113.0']) {
  documentation.addSubnet(network, 24);
}
documentation.addSubnet('2001:db8::', 32, 'ipv6');
// The sandbox continues with the range for benchmarks after 753 servers (RFC 2544).
documentation.addSubnet('198.18.0.0', 15);

/** Whether an address is reserved for examples and tests (RFC 5737, RFC 3849), as sample servers have. Nothing answers there. */
export function isSampleAddress(address: string): boolean {
  return documentation.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

const canonical = (address: string): string =>
  isIPv6(address) ? new URL(`http://[${address}]/`).hostname : address;

/** Whether two addresses are the same, however they are written. */
export function isSameAddress(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}
