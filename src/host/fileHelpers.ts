import process from 'node:process';

/** Differs between windows, which may write the same file at the same time. */
export function temporaryName(name: string): string {
  return `${name}.${String(process.pid)}.new`;
}

export async function orIfMissing<T>(work: () => Promise<T>, missing: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'FileNotFound' || code === 'ENOENT') {
      return missing;
    }
    throw error;
  }
}
