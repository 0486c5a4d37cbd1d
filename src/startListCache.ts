import * as vscode from 'vscode';
import type { Clock } from './core/clock.ts';
import type { DisposableStore } from './core/event.ts';
import { openCacheFiles } from './host/cacheFiles.ts';
import type { Log } from './host/log.ts';
import { ListCache } from './state/listCache.ts';
import type { Sessions } from './state/sessions.ts';

/** Shows the last lists from the disk until the first ones arrive, and keeps them there. Loaded after the view was created. */
export function startListCache(
  app: DisposableStore,
  storageUri: vscode.Uri,
  sessions: Sessions,
  clock: Clock,
  log: Log,
): void {
  app.add(
    new ListCache({
      sessions,
      files: openCacheFiles(vscode.Uri.joinPath(storageUri, 'lists')),
      clock,
      warn: (text, error) => log.warn(text, error),
    }),
  );
}
