/**
 * What can go wrong with one request. Unless said otherwise, the request has its effect and only the answer suffers.
 *
 * - `delay`: the request is handled on arrival, the answer leaves `ms` later by the sandbox's clock
 * - `hang`: no answer until the sandbox closes; no effect unless `effect`
 * - `cutBefore`: the connection is cut, without effect · `cutAfter`: it is cut instead of an answer
 * - `halfBody`: headers and half of the body, then the connection is cut
 * - `status`: this status instead; no effect unless `effect`. The default body is Django's `detail`, from 500 on an
 *   HTML page; 429 carries `Retry-After: 2` unless `headers` says otherwise
 * - `html200`: an HTML page with status 200, as a captive portal sends it, without effect
 * - `truncatedJson`: a complete reply whose JSON stops half-way · `wrongShape`: JSON, but not what was promised
 * - `empty`: the real status without a body
 * - `oddServers`: odd entries among the good ones of a list · `duplicateIds`: its first two servers once more
 * - `pages`: a list in pages of `size` with `next` and `previous`; following a page uses up no further fault
 * - `nextElsewhere`: a list, with `size` only its beginning, whose `next` is `url`
 * - `nextCircle`: a list whose `next` leads to itself, for ever
 * - `redirect`: to `location`, with status 302 unless `status`, without effect
 * - `large`: a list reply of `bytes` bytes, streamed, without effect · `gzip`: the real reply, compressed
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
  | { readonly kind: 'pages'; readonly size: number }
  | { readonly kind: 'nextElsewhere'; readonly url: string; readonly size?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  | { readonly kind: 'large'; readonly bytes: number }
  | {
      readonly kind:
        | 'cutBefore'
        | 'cutAfter'
        | 'halfBody'
        | 'html200'
        | 'truncatedJson'
        | 'empty'
        | 'oddServers'
        | 'duplicateIds'
        | 'nextCircle'
        | 'gzip';
    };

/** A fault, the requests that it waits for, and how often it strikes. */
export interface FaultScript {
  readonly match?: {
    readonly method?: string;
    /**
     * Below the base URL. A string is the whole path, without the query unless it has one itself (`/servers/`,
     * `/servers/?status=active`); a RegExp is tried on the path with its query.
     */
    readonly path?: string | RegExp;
  };
  /** Default 1; Infinity for ever. */
  readonly times?: number;
  readonly fault: Fault;
}

/** A script and how often it has struck. */
export interface ScriptedFault extends FaultScript {
  readonly used: number;
}

/** The faults that are still to come. Scripted in this process only; nothing on the network reaches them. */
export class Faults {
  #scripts: (FaultScript & { used: number })[] = [];

  /** Adds a fault after those that are there: of several that fit a request, the oldest that is not used up strikes. */
  add(script: FaultScript): ScriptedFault {
    const scripted = { ...script, used: 0 };
    this.#scripts.push(scripted);
    return scripted;
  }

  clear(): void {
    this.#scripts = [];
  }

  /** The faults that have not struck as often as they should; one without an end is content with once. */
  get pending(): readonly ScriptedFault[] {
    return this.#scripts.filter(({ times = 1, used }) => used < (times === Infinity ? 1 : times));
  }

  /** For the end of a test. @throws Error that names the faults which have not struck as often as they should. */
  assertUsed(): void {
    if (this.pending.length > 0) {
      throw new Error(`Scripted faults were not used: ${this.pending.map(describeFault).join('; ')}`);
    }
  }

  /** The fault for a request, which counts as used. `path` is below the base URL, with its query. */
  take(method: string, path: string): Fault | undefined {
    for (const script of this.#scripts) {
      const { match, fault, times = 1, used } = script;
      if ((match?.method ?? method) !== method || !fits(match?.path, path)) {
        continue;
      }
      if (used > 0 && (fault.kind === 'pages' || fault.kind === 'nextCircle') && /[?&]page=/u.test(path)) {
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

function fits(wanted: string | RegExp | undefined, path: string): boolean {
  if (typeof wanted !== 'string') {
    // `search`, as `test` would remember where it was in a RegExp with the flag `g`.
    return !wanted || path.search(wanted) >= 0;
  }
  return wanted === (wanted.includes('?') ? path : path.split('?', 1)[0]);
}

/** A fault in one line: `status 502 GET /servers/ (0 of 1)`. */
export function describeFault({ fault, match, times = 1, used }: ScriptedFault): string {
  const limit = times === Infinity ? 'any number' : times;
  const what = Object.values(fault).filter((value) => typeof value !== 'object');
  return `${what.join(' ')} ${match?.method ?? '*'} ${String(match?.path ?? '*')} (${used} of ${limit})`;
}
