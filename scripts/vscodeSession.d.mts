import type { Browser } from 'playwright-core';

export interface VscodeSessionOptions {
  version: 'oldest' | 'newest';
  /** Packaged extensions to install first. */
  vsix?: string | readonly string[] | undefined;
  /** The user's settings, on top of those that keep VS Code quiet. */
  settings?: Record<string, unknown> | undefined;
  /** Lets the page name an extension under development. */
  smokeTestDriver?: boolean | undefined;
  /** For the server and its extension host, in place of this process's. */
  env?: NodeJS.ProcessEnv | undefined;
}

export interface VscodeSession {
  /** As VS Code calls itself: "1.100.3". */
  readonly version: string;
  /** "localhost:12345" */
  readonly authority: string;
  /** Everything that this VS Code keeps; gone after `close`. */
  readonly dataDir: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A VS Code server with a fresh data folder and a headless browser for its window. Also closed when the script is interrupted. */
export function openVscodeSession(options: VscodeSessionOptions): Promise<VscodeSession>;
