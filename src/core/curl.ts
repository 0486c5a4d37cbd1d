/** A request as a person could send it from a shell. */
export interface CurlRequest {
  readonly method: 'POST';
  /** Base URL without a slash at the end. Undefined: the shell's `$VPS_API_URL`, for an address that is different every time. */
  readonly baseUrl: string | undefined;
  /** Below the base URL, with a slash at both ends. */
  readonly path: string;
  readonly body: unknown;
}

/** Text that a POSIX shell takes literally, whatever is in it. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A curl command of several lines. The token stays out of it: the shell puts it in from `$VPS_API_TOKEN`. */
export function toCurl({ method, baseUrl, path, body }: CurlRequest): string {
  const url = baseUrl === undefined ? `"$VPS_API_URL"${quoteForShell(path)}` : quoteForShell(`${baseUrl}${path}`);
  return [
    `curl --request ${method} ${url}`,
    `-H "Authorization: Bearer $VPS_API_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `--data-raw ${quoteForShell(JSON.stringify(body, undefined, 2))}`,
  ].join(' \\\n  ');
}
