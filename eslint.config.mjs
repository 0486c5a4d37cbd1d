import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Folders of src in the order of the dependencies: see docs/architecture.md. The import graph test holds the same. */
const vscodeFree = ['core', 'api', 'state', 'sandbox', 'protocol'];
const folders = {
  core: [],
  api: ['core'],
  sandbox: ['core'],
  protocol: ['core'],
  state: ['core', 'api'],
  host: ['core', 'api', 'state', 'sandbox', 'protocol', 'ids'],
  tree: ['core', 'state', 'host', 'ids'],
  commands: ['core', 'api', 'state', 'host', 'ids'],
  panels: ['core', 'api', 'state', 'host', 'protocol', 'ids'],
  webview: ['core', 'protocol'],
};
const everyFolder = [...Object.keys(folders), 'app', 'extension', 'ids'];

function importBans(folder, allowed) {
  const banned = everyFolder.filter((other) => other !== folder && !allowed.includes(other));
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?:\\.\\./)+(?:${banned.join('|')})(?:/|\\.ts$)`,
              message: `src/${folder} imports from ${['itself', ...allowed].join(', ')} only.`,
            },
            ...(vscodeFree.includes(folder) || folder === 'webview'
              ? [{ regex: '^vscode$', message: `src/${folder} runs without VS Code.` }]
              : []),
            ...(folder === 'core' || folder === 'protocol' || folder === 'webview'
              ? [{ regex: '^node:', message: `src/${folder} runs in the webview too, where there is no Node.` }]
              : []),
          ],
        },
      ],
    },
  };
}

const doors = [
  {
    selector: "CallExpression[callee.property.name='registerCommand']",
    message: 'Commands are registered in extension.ts; what they do, in host/commandRegistry.ts.',
    door: 'src/extension.ts',
  },
  {
    selector: "Literal[value='setContext']",
    message: 'Context keys are set in host/contextKeys.ts.',
    door: 'src/host/contextKeys.ts',
  },
  {
    selector: 'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$/]',
    message: 'Messages to people go through host/messages.ts.',
    door: 'src/host/messages.ts',
  },
  {
    selector: "CallExpression[callee.name='acquireVsCodeApi']",
    message: 'The webview talks to its host through webview/bridge.ts.',
    door: 'src/webview/bridge.ts',
  },
  {
    selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
    message: 'Text is set as text.',
    door: undefined,
  },
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Exports have names.',
    door: undefined,
  },
];

function doorRules(file) {
  return [
    'error',
    ...doors
      .filter(({ door }) => file === undefined || door !== file)
      .map(({ selector, message }) => ({ selector, message })),
  ];
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        Buffer: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        performance: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `() => emitter.fire()` reads better than a block
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': doorRules(undefined) } },
  ...doors
    .filter(({ door }) => door !== undefined)
    .map(({ door }) => ({ files: [door], rules: { 'no-restricted-syntax': doorRules(door) } })),
  // The start itself may fail before there are messages.
  { files: ['src/extension.ts'], rules: { 'no-restricted-syntax': 'off' } },
  ...Object.entries(folders).map(([folder, allowed]) => importBans(folder, allowed)),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['it', 'describe'] }],
      '@typescript-eslint/no-non-null-assertion': 'off', // a test may be sure of what it made itself; it fails where it is not
      '@typescript-eslint/no-unnecessary-condition': 'off', // an assertion narrows a type that the next line checks on purpose
      'no-console': 'off',
    },
  },
);
