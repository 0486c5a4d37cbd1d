/**
 * A fault of one request. Unless noted otherwise, the request has its effect and only the response is faulty.
 *
 * - `delay`: handles the request on arrival and responds `ms` later by the sandbox's clock
 * - `hang`: no response until the sandbox closes; no effect unless `effect`
 * - `cutBefore`: cuts the connection, without effect · `cutAfter`: cuts the connection instead of responding
 * - `halfBody`: sends headers and half of the body, then cuts the connection
 * - `status`: responds with this status; no effect unless `effect`. The default body is Django's `detail`, from 500 on
 *   an HTML page; 429 has `Retry-After: 2` unless `headers` overrides it
 * - `html200`: an HTML page with status 200, as a captive portal sends it, without effect
 * - `truncatedJson`: a complete response with half of the JSON · `wrongShape`: valid JSON of an unexpected shape
 * - `empty`: the regular status without a body
 * - `malformedServers`: malformed entries among the valid ones of a list · `duplicateIds`: repeats its first two servers
 * - `altered`: sets `fields` in the server, or in the first entry of a list
 * - `pages`: a list in pages of `size` with `next` and `previous`, which name `origin` where that is given; requests for
 *   further pages use the same fault; each page has an additional field of `padding` bytes
 * - `nextOtherOrigin`: a list whose `next` is `url`; `size` limits its length
 * - `nextLoop`: a list whose `next` always leads to itself
 * - `redirect`: to `location`, with status 302 unless `status`, without effect
 * - `bomb`: a compressed list of `items` empty objects, without effect; a few kilobytes per million
 * - `large`: a list reply of `bytes` bytes, streamed, without effect · `gzip`: the regular reply, compressed
 */
export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang'; readonly effect?: boolean }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly effect?: boolean;
    }
  | { readonly kind: 'wrongShape'; readonly body?: unknown }
  | { readonly kind: 'altered'; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'pages';
      readonly size: number;
      readonly origin?: string;
      readonly padding?: number;
    }
  | { readonly kind: 'nextOtherOrigin'; readonly url: string; readonly size?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'bomb'; readonly items: number }
  | {
      readonly kind:
        | 'cutBefore'
        | 'cutAfter'
        | 'halfBody'
        | 'html200'
        | 'truncatedJson'
        | 'empty'
        | 'malformedServers'
        | 'duplicateIds'
        | 'nextLoop'
        | 'gzip';
    };

/** A fault, the requests that it applies to, and how often. */
export interface FaultScript {
  readonly match?: {
    readonly method?: string;
    /**
     * Relative to the base URL. A string must equal the path, which includes the query only when the string has one
     * (`/servers/`, `/servers/?status=active`). A RegExp is matched against the path with its query.
     */
    readonly path?: string | RegExp;
  };
  /** Default 1; Infinity for no limit. */
  readonly times?: number;
  readonly fault: Fault;
}

/** A script and how often it was applied. */
export interface ScriptedFault extends FaultScript {
  readonly used: number;
}

/** The scripted faults. Only this process can script them, never the network. */
export class Faults {
  #scripts: (FaultScript & { used: number })[] = [];

  /** Adds a fault. When several match a request, the oldest one with uses left applies. */
  add(script: FaultScript): ScriptedFault {
    const scripted = { ...script, used: 0 };
    this.#scripts.push(scripted);
    return scripted;
  }

  clear(): void {
    this.#scripts = [];
  }

  /** Faults with uses left. One without a limit is pending until its first use. */
  get pending(): readonly ScriptedFault[] {
    return this.#scripts.filter(({ times = 1, used }) => used < (times === Infinity ? 1 : times));
  }

  /** @throws Error that names the pending faults */
  assertUsed(): void {
    if (this.pending.length > 0) {
      throw new Error(
        `Scripted faults were not used: ${this.pending.map(describeFault).join('; ')}`,
      );
    }
  }

  /** Returns the fault of a request and counts it as used. `path` is relative to the base URL and includes the query. */
  take(method: string, path: string): Fault | undefined {
    for (const script of this.#scripts) {
      const { match, fault, times = 1, used } = script;
      if ((match?.method ?? method) !== method || !matches(match?.path, path)) {
        continue;
      }
      if (
        used > 0 &&
        (fault.kind === 'pages' || fault.kind === 'nextLoop') &&
        /[?&]page=/u.test(path)
      ) {
        return fault;
      }
      if (used < times) {
        script.used++;
        return fault;
      }
    }
    return undefined;
  }
}

function matches(expected: string | RegExp | undefined, path: string): boolean {
  if (typeof expected !== 'string') {
    // `search` ignores `lastIndex`, which `test` would keep for a RegExp with the flag `g`.
    return !expected || path.search(expected) >= 0;
  }
  return expected === (expected.includes('?') ? path : path.split('?', 1)[0]);
}

/** Describes a fault in one line: `status 502 GET /servers/ (0 of 1)`. */
export function describeFault({ fault, match, times = 1, used }: ScriptedFault): string {
  const limit = times === Infinity ? 'any number' : times;
  const what = Object.values(fault).filter((value) => typeof value !== 'object');
  return `${what.join(' ')} ${match?.method ?? '*'} ${String(match?.path ?? '*')} (${used} of ${limit})`;
}
