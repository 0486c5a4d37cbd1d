import { isKind } from '../core/errors.ts';
import type { ApiLog } from './apiLog.ts';
import type { Reply } from './attempt.ts';
import { badResponse, describe } from './failure.ts';
import type { ReportOdd } from './fields.ts';
import { isMarkup, parseJson } from './json.ts';
import type { ApiRequest } from './request.ts';

const maxPaths = 20;

/** Reads replies whose status was good, and says in the log what about them was odd: paths, never values. */
export class ReplyReader {
  readonly #log: ApiLog;
  /** The last line about odd fields by request, because a poll would say the same every few seconds. */
  readonly #lastOdd = new Map<string, string>();

  constructor(log: ApiLog) {
    this.#log = log;
  }

  /** @throws AppError `badResponse` for what is no JSON; whatever cut the body off. */
  json(request: ApiRequest, reply: Reply): unknown {
    if ('error' in reply.body) {
      throw reply.body.error;
    }
    const parsed = parseJson(reply.body.text);
    if (!parsed.ok) {
      throw badResponse(request, parsed.reason, reply.status);
    }
    return parsed.value;
  }

  /**
   * A good status says that a request took effect, unless the body shows that somebody else answered: the sign-in page of a
   * hotel's network says 200 to everything.
   *
   * @throws AppError `badResponse` (`notJson`, `tooLarge`)
   */
  assertOfApi(request: ApiRequest, reply: Reply): void {
    if ('error' in reply.body) {
      if (isKind(reply.body.error, 'badResponse')) {
        throw reply.body.error;
      }
    } else if (isMarkup(reply.body.text)) {
      throw badResponse(request, 'notJson', reply.status);
    }
  }

  /**
   * The body of a reply to a request that has taken effect: undefined where there is none, and, with a warning, where it
   * cannot be read. To fail here would make people do again what is done.
   *
   * @throws AppError as `assertOfApi`
   */
  jsonIfAny(request: ApiRequest, reply: Reply): unknown {
    this.assertOfApi(request, reply);
    const parsed = 'text' in reply.body ? parseJson(reply.body.text) : undefined;
    if (parsed?.ok) {
      return parsed.value;
    }
    if (parsed?.reason !== 'empty') {
      this.#log.warn(describe(request, `answered ${reply.status}, but its body cannot be used`));
    }
    return undefined;
  }

  /** Runs `map` and logs the paths that it reports, in one line: a warning once, quiet while nothing changes about it. */
  read<T>(request: ApiRequest, map: (reportOdd: ReportOdd) => T): T {
    const odd = new Set<string>();
    const result = map((path) => odd.add(path || 'all of it'));
    this.#logOdd(request, [...odd]);
    return result;
  }

  /** Like `read`, for what takes several turns of the event loop. */
  async readInTurns<T>(request: ApiRequest, map: (reportOdd: ReportOdd) => Promise<T>): Promise<T> {
    const odd: string[] = [];
    const result = await map((path) => odd.push(path));
    return this.read(request, (reportOdd) => {
      odd.forEach(reportOdd);
      return result;
    });
  }

  /** Like `read`, for a reply about one server: undefined where it turns out to be about another one. */
  readAbout<T extends { readonly id: string }>(
    id: string,
    request: ApiRequest,
    map: (reportOdd: ReportOdd) => T | undefined,
  ): T | undefined {
    return this.read(request, (reportOdd) => {
      const result = map(reportOdd);
      if (result === undefined || result.id === id) {
        return result;
      }
      reportOdd('id');
      return undefined;
    });
  }

  #logOdd(request: ApiRequest, paths: readonly string[]): void {
    const key = describe(request, '');
    if (paths.length === 0) {
      this.#lastOdd.delete(key);
      return;
    }
    const more = paths.length > maxPaths ? ` and ${paths.length - maxPaths} more` : '';
    const line = describe(request, `odd in the reply: ${paths.slice(0, maxPaths).join(', ')}${more}`);
    if (this.#lastOdd.get(key) === line) {
      this.#log.debug(line);
    } else {
      this.#log.warn(line);
    }
    this.#lastOdd.set(key, line);
  }
}
