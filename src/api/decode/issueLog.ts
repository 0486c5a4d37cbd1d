import { describe } from '../http/failure.ts';
import type { ApiRequest } from '../http/request.ts';
import type { ApiLog } from '../http/transport.ts';

const maxPaths = 20;

/** The paths of a reply's unusable fields. Keeps the first ones and counts the others. */
export class Issues {
  readonly #paths = new Set<string>();
  #more = 0;

  /** Whether the next path is kept. Where it is not, it need not be formatted. */
  get isFull(): boolean {
    return this.#paths.size >= maxPaths;
  }

  readonly add = (path: string): void => {
    if (!this.isFull) {
      this.#paths.add(path || 'the whole reply');
    } else if (!this.#paths.has(path)) {
      this.#more++;
    }
  };

  /** The paths in one line; empty where there are none. */
  toString(): string {
    const more = this.#more > 0 ? ` and ${this.#more} more` : '';
    return `${[...this.#paths].join(', ')}${more}`;
  }
}

/** Logs which fields of a reply could not be used: their paths, never their values. */
export class IssueLog {
  readonly #log: ApiLog;
  /** The last line per request, because a poll would repeat it every few seconds. */
  readonly #lastLines = new Map<string, string>();

  constructor(log: ApiLog) {
    this.#log = log;
  }

  /** Logs one line: a warning the first time, a debug line while the same request keeps the same issues. */
  write(request: ApiRequest, issues: Issues): void {
    const key = describe(request, '');
    const paths = issues.toString();
    if (paths === '') {
      this.#lastLines.delete(key);
      return;
    }
    const line = describe(request, `unexpected values in the reply: ${paths}`);
    if (this.#lastLines.get(key) === line) {
      this.#log.debug(line);
    } else {
      this.#log.warn(line);
    }
    this.#lastLines.set(key, line);
  }
}
