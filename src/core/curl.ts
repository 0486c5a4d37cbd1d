/** A request to write as a curl command. */
export interface CurlRequest {
  readonly method: 'POST';
  /** Base URL without a slash at the end; undefined for the shell variable `$VPS_API_URL`. */
  readonly baseUrl: string | undefined;
  /** Path below the base URL, with a slash at both ends. */
  readonly path: string;
  readonly body: unknown;
}

/** Quotes any text, so that a POSIX shell takes it literally. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A curl command of several lines. It contains `$VPS_API_TOKEN` instead of the token. */
export function toCurl({ method, baseUrl, path, body }: CurlRequest): string {
  const url =
    baseUrl === undefined
      ? `"$VPS_API_URL"${quoteForShell(path)}`
      : quoteForShell(`${baseUrl}${path}`);
  // curl takes brackets and braces in a URL for lists of URLs.
  const globOff = /[[\]{}]/u.test(`${baseUrl ?? ''}${path}`) ? '--globoff ' : '';
  return [
    `curl ${globOff}--request ${method} ${url}`,
    `-H "Authorization: Bearer $VPS_API_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `--data-raw ${quoteForShell(JSON.stringify(body, undefined, 2))}`,
  ].join(' \\\n  ');
}
