import { randomUUID } from 'node:crypto';
import { access, chmod, constants, lstat, mkdir, open, readFile } from 'node:fs/promises';
import { readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orIfMissing } from '../host/fileHelpers.ts';
import {
  configName,
  hostsIn,
  isIncluded,
  marker,
  withInclude,
  withoutInclude,
} from './configText.ts';
import { FolderError, orFolderError } from './folderError.ts';

export interface ConfigInfo {
  readonly isIncluded: boolean;
  /** Whether our file exists. */
  readonly isWritten: boolean;
  /** The hosts of the person's own config, lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Where the config really is, if it is a link. */
  readonly linkTo: string | undefined;
}

/** A config is read by every `ssh`, so nobody has a larger one. */
const maxConfigBytes = 8 * 1024 * 1024;

/** One character for each byte, so that text in any encoding stays as it is. */
const bytes = 'latin1';

/** Writes a new file and puts it in the place of the old one at once: a reader finds the old or the new content. */
async function replaceFile(path: string, content: Buffer, mode: number): Promise<void> {
  const temporary = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The folder `~/.ssh`, with the person's config and our file. Methods throw FolderError where the files cannot be used. */
export class SshFolder {
  readonly #folder: string;
  readonly #config: string;
  readonly #ours: string;

  constructor(home: string) {
    this.#folder = join(home, '.ssh');
    this.#config = join(this.#folder, 'config');
    this.#ours = join(this.#folder, configName);
  }

  async inspect(): Promise<ConfigInfo> {
    return orFolderError(async () => {
      const config = await this.#readConfig();
      const ours = await this.#readOurs();
      return {
        isIncluded: isIncluded(config?.text ?? ''),
        isWritten: ours !== undefined,
        hosts: hostsIn(config?.text ?? ''),
        linkTo: config?.linkTo,
      };
    });
  }

  /** Writes our file, with mode 600. Returns false where it already has this content. */
  async write(text: string): Promise<boolean> {
    return orFolderError(async () => {
      if ((await this.#readOurs()) === text) {
        return false;
      }
      await this.#makeFolder();
      await replaceFile(this.#ours, Buffer.from(text), 0o600);
      return true;
    });
  }

  /** Adds our line to the person's config. Returns whether the config was created for it. */
  async addInclude(): Promise<boolean> {
    return orFolderError(async () => {
      const config = await this.#readConfig();
      if (!config) {
        await this.#makeFolder();
        await replaceFile(this.#config, Buffer.from(withInclude('')), 0o600);
        return true;
      }
      if (!isIncluded(config.text)) {
        await this.#replaceConfig(config, withInclude(config.text));
      }
      return false;
    });
  }

  /** Removes our line and our file. `wasCreated`: the config is removed too if nothing else is in it. */
  async remove(wasCreated: boolean): Promise<void> {
    await orFolderError(async () => {
      const config = await this.#readConfig();
      const text = config && withoutInclude(config.text);
      if (config && text !== undefined && text !== config.text) {
        await (text === '' && wasCreated ? rm(config.path) : this.#replaceConfig(config, text));
      }
    });
    await this.removeOurs();
  }

  /** Removes our file only. */
  async removeOurs(): Promise<void> {
    await orFolderError(async () => {
      if ((await this.#readOurs()) !== undefined) {
        await rm(this.#ours);
      }
    });
  }

  async #replaceConfig({ path, mode }: Config, text: string): Promise<void> {
    if ((mode & 0o200) === 0) {
      throw new FolderError('configIsReadOnly');
    }
    // A larger file could not be read again, to take the line out.
    if (text.length > maxConfigBytes) {
      throw new FolderError('configTooLarge');
    }
    try {
      await access(path, constants.W_OK);
      await replaceFile(path, Buffer.from(text, bytes), mode & 0o777);
    } catch (error) {
      throw new FolderError('configIsReadOnly', { cause: error });
    }
  }

  async #makeFolder(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  async #readConfig(): Promise<Config | undefined> {
    const folder = await orIfMissing(async () => stat(this.#folder), undefined);
    const isBrokenLink =
      !folder && (await orIfMissing(async () => lstat(this.#folder), undefined)) !== undefined;
    if (isBrokenLink || (folder && !folder.isDirectory())) {
      throw new FolderError('noFolder');
    }
    const entry = await orIfMissing(async () => lstat(this.#config), undefined);
    if (!entry) {
      return undefined;
    }
    // A link to a file in another place stays a link: that file is replaced.
    const path = await orIfMissing(async () => realpath(this.#config), undefined);
    if (path === undefined) {
      throw new FolderError('brokenLink');
    }
    const found = await stat(path);
    if (!found.isFile()) {
      throw new FolderError('configIsDirectory');
    }
    if (found.size > maxConfigBytes) {
      throw new FolderError('configTooLarge');
    }
    return {
      path,
      mode: found.mode,
      text: await readFile(path, bytes),
      linkTo: entry.isSymbolicLink() ? await readlink(this.#config) : undefined,
    };
  }

  /** @throws FolderError if the file at this place is not ours */
  async #readOurs(): Promise<string | undefined> {
    const found = await orIfMissing(async () => lstat(this.#ours), undefined);
    if (!found) {
      return undefined;
    }
    const text = found.isFile() ? await readFile(this.#ours, 'utf8') : '';
    if (!text.startsWith(marker)) {
      throw new FolderError('foreignFile');
    }
    return text;
  }
}

interface Config {
  /** After links. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
  readonly linkTo: string | undefined;
}
