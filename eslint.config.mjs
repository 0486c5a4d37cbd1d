import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { join, relative, sep } from 'node:path';
import { importProblem } from './scripts/layers.mjs';

/** Reports imports that break the direction of dependencies in scripts/layers.mjs. */
const layersRule = {
  create(context) {
    const path = relative(join(import.meta.dirname, 'src'), context.filename)
      .split(sep)
      .join('/');
    const check = (node, source, isTypeOnly) => {
      const problem = source && importProblem(path, String(source.value), isTypeOnly);
      if (problem) context.report({ node, message: problem });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
    };
  },
};

/** Syntax that only one file may use, or none. */
const restrictions = [
  {
    selector: "CallExpression[callee.property.name='registerCommand']",
    message: 'Register commands in extension.ts and their handlers in host/commandRegistry.ts.',
    allowedIn: 'src/extension.ts',
  },
  {
    selector: "Literal[value='setContext']",
    message: 'Set context keys in host/contextKeys.ts.',
    allowedIn: 'src/host/contextKeys.ts',
  },
  {
    selector: 'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$/]',
    message: 'Show messages with host/messages.ts.',
    allowedIn: 'src/host/messages.ts',
  },
  {
    selector: "CallExpression[callee.name='acquireVsCodeApi']",
    message: 'Exchange messages with the extension through webviews/page/bridge.ts.',
    allowedIn: 'src/webviews/page/bridge.ts',
  },
  {
    selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
    message: 'Set text with textContent.',
    allowedIn: undefined,
  },
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Use named exports.',
    allowedIn: undefined,
  },
];

/** @param {string} [file] the file that the rule is for, otherwise all others */
function restrictedSyntax(file) {
  return [
    'error',
    ...restrictions
      .filter(({ allowedIn }) => file === undefined || allowedIn !== file)
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
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `() => emitter.fire()` reads better than a block
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': restrictedSyntax() } },
  ...restrictions
    .filter(({ allowedIn }) => allowedIn !== undefined)
    .map(({ allowedIn }) => ({
      files: [allowedIn],
      rules: { 'no-restricted-syntax': restrictedSyntax(allowedIn) },
    })),
  // Activation registers the commands, and may fail before the messages module is loaded.
  { files: ['src/extension.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { layers: layersRule } } },
    rules: { 'house/layers': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: ['it', 'describe'] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off', // a wrong assertion makes the test fail, which is fine
      '@typescript-eslint/no-unnecessary-condition': 'off', // assertions narrow types that later lines check on purpose
      'no-console': 'off',
    },
  },
);
