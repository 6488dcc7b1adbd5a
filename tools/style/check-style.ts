import { TextlintKernel } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import plainText from '@textlint/textlint-plugin-text';
import terminology from 'textlint-rule-terminology';
import { terms } from './terms';
import { textsOf } from './texts-of';

const kernel = new TextlintKernel();
const options = {
  plugins: [
    { pluginId: 'markdown', plugin: markdown },
    { pluginId: 'text', plugin: plainText },
  ],
  rules: [{ ruleId: 'terminology', rule: terminology, options: { defaultTerms: false, terms } }],
};

/** What a file says against the word list, each with its place. Code in Markdown is left out. */
export async function checkStyle(file: string, source: string): Promise<string[]> {
  if (file.endsWith('.md')) {
    const problems = await problemsOf(source, '.md');
    return problems.map(({ line, message }) => `${file}:${line} ${message}`);
  }
  const texts = textsOf(source, file.includes('/locales/'));
  const problems = await problemsOf(texts.map(({ text }) => text.replace(/\s+/g, ' ')).join('\n'), '.txt');
  return problems.map(({ line, message }) => `${file} ${texts[line - 1]!.place}: ${message}`);
}

interface Problem {
  line: number;
  message: string;
}

async function problemsOf(text: string, ext: '.md' | '.txt'): Promise<Problem[]> {
  const { messages } = await kernel.lintText(text, { ...options, ext });
  // Grafana writes straight apostrophes. To the rule of words both are one.
  const curly = text.split('\n').flatMap((line, place) => (line.includes('’') ? [place + 1] : []));
  return [...messages, ...curly.map((line) => ({ line, message: "Incorrect apostrophe: “’”, use “'” instead" }))];
}
