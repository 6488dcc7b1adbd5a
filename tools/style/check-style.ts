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
    const { messages } = await kernel.lintText(source, { ...options, ext: '.md' });
    return messages.map(({ line, message }) => `${file}:${line} ${message}`);
  }
  const texts = textsOf(source, file.includes('/locales/'));
  const lines = texts.map(({ text }) => text.replace(/\s+/g, ' ')).join('\n');
  const { messages } = await kernel.lintText(lines, { ...options, ext: '.txt' });
  return messages.map(({ line, message }) => `${file} ${texts[line - 1]!.place}: ${message}`);
}
