import js from '@eslint/js';
import grafanaI18n from '@grafana/i18n/eslint-plugin';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Which folders of src each folder may import besides itself: cdr <- settings <- query <- answers <- store <- server. */
const allowed = {
  sentences: [],
  cdr: ['sentences'],
  amiws: ['sentences', 'cdr'],
  ami: ['sentences', 'cdr', 'amiws'],
  settings: ['sentences', 'cdr', 'amiws'],
  listener: ['cdr', 'amiws'],
  setup: ['sentences', 'cdr', 'settings', 'query'],
  query: ['sentences', 'cdr', 'settings'],
  answers: ['sentences', 'cdr', 'settings', 'query'],
  export: ['sentences', 'cdr', 'settings', 'query', 'answers'],
  database: [],
  store: ['sentences', 'cdr', 'settings', 'query', 'answers', 'database'],
  import: ['sentences', 'cdr', 'settings', 'setup', 'database', 'store'],
  server: [
    'sentences',
    'cdr',
    'amiws',
    'ami',
    'settings',
    'listener',
    'setup',
    'query',
    'answers',
    'export',
    'database',
    'store',
    'import',
    'plugin-protocol',
  ],
  'plugin-protocol': [],
  say: ['sentences', 'cdr', 'query'],
  'browser-mode': ['sentences', 'say', 'cdr', 'amiws', 'settings', 'listener', 'query', 'answers'],
  datasource: ['sentences', 'say', 'cdr', 'amiws', 'settings', 'query', 'answers', 'browser-mode'],
  editor: ['sentences', 'say', 'cdr', 'amiws', 'settings', 'setup', 'query', 'answers', 'export', 'datasource'],
};
const domain = Object.keys(allowed);

const zones = Object.entries(allowed).map(([folder, others]) => ({
  target: `./src/${folder}`,
  from: domain.filter((other) => other !== folder && !others.includes(other)).map((other) => `./src/${other}`),
  message: `src/${folder} may import only ${['itself', ...others].join(', ')}: see the import rule in CONTRIBUTING.md.`,
}));

export default tseslint.config(
  {
    ignores: ['dist/', 'dist-browser-only/', 'packages/', 'node_modules/', 'src/plugin-protocol/generated/', '.cache/'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      // Circles that only types close are found by tests/unit/import-circles.test.ts.
      'import-x/no-cycle': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
    },
  },
  {
    // A text that is asked for while a module loads comes before its language is known.
    files: ['src/**/*.{ts,tsx}'],
    plugins: { '@grafana/i18n': grafanaI18n },
    rules: { '@grafana/i18n/no-translation-top-level': 'error' },
  },
  {
    // What comes from a PBX may be any number of things, and arguments may not.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.*'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Math'] > SpreadElement",
          message: 'A list of some hundred thousand breaks it: use least or most of src/cdr/extremes.ts.',
        },
      ],
    },
  },
  {
    files: ['src/editor/**/*.tsx'],
    ignores: ['src/editor/Picker.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@grafana/ui',
              importNames: ['Combobox'],
              message: 'It drops what is typed as the editor is drawn again: use src/editor/Picker.tsx.',
            },
          ],
        },
      ],
    },
  },
  { files: ['tools/**', 'bench/**', 'tests/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.config.js', 'tests/unit/slow-first.js'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier
);
