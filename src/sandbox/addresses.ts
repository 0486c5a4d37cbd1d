/** Argument of `ipv4` and `ipv6` for the first sample server. */
export const firstAddress = 10;

/**
 * The nth sample address, for n from 10 to 130,000. The first 753 come from the documentation ranges (RFC 5737), the rest
 * from the benchmarking range 198.18.0.0/15 (RFC 2544). Neither is routed on the internet.
 */
export function ipv4(n: number): string {
  if (n < 255) {
    return `203.0.113.${n}`;
  }
  if (n < 509) {
    return `198.51.100.${n - 254}`;
  }
  if (n < 763) {
    return `192.0.2.${n - 508}`;
  }
  const rest = n - 763;
  return `198.${18 + (rest >> 16)}.${(rest >> 8) & 255}.${rest & 255}`;
}

/** The nth sample IPv6 address, from the documentation range, in the notation of the API documentation. */
export function ipv6(n: number): string {
  return `2001:0db8::${(n - firstAddress + 1).toString(16)}`;
}
