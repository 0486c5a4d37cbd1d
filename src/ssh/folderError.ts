/** Why a file in `~/.ssh` is left alone. */
export type FolderProblem =
  | 'noFolder'
  | 'noAccess'
  | 'configIsDirectory'
  | 'configIsReadOnly'
  | 'brokenLink'
  | 'configTooLarge'
  | 'foreignFile';

export class FolderError extends Error {
  readonly problem: FolderProblem;

  constructor(problem: FolderProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** Errors of the system that people can correct. */
const problems: Readonly<Record<string, FolderProblem>> = {
  EACCES: 'noAccess',
  EPERM: 'noAccess',
  EROFS: 'noAccess',
  ELOOP: 'brokenLink',
  ENOTDIR: 'noFolder',
};

/** Runs `work`, and turns errors of the system that people can correct into a FolderError. */
export async function orFolderError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const problem = Object.hasOwn(problems, code) ? problems[code] : undefined;
    throw problem ? new FolderError(problem, { cause: error }) : error;
  }
}
