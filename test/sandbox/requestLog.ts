import type { Clock } from '../../src/core/clock.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';

const maxRequests = 1000;

export interface RecordedRequest {
  readonly method: string;
  /** As `Exchange.path`. */
  readonly path: string;
  /** The `Authorization` header, with the right token. */
  readonly authorization: string | undefined;
  /** Parsed when it is JSON, else the text; undefined when there is none. */
  readonly body: unknown;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly time: number;
}

/** Records the last 1000 requests of a sandbox. Requests with a wrong token are refused before. */
export class RequestLog {
  readonly #clock: Clock;
  readonly #requests: RecordedRequest[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Oldest first; the array grows with every request. */
  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  record({ method, path, authorization, body }: Exchange): void {
    const time = this.#clock.now();
    this.#requests.push({ method, path, authorization, body: parse(body), time });
    this.#requests.splice(0, this.#requests.length - maxRequests);
  }
}

function parse(body: string | undefined): unknown {
  try {
    return body ? JSON.parse(body) : undefined;
  } catch {
    return body;
  }
}
