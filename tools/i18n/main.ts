import pluginJson from '../../plugin.json';
import { englishTexts } from './english-texts';
import { readLocale, writeLocale } from './locale-file';

/**
 * `npm run i18n`: writes the English texts of the sources into src/locales, takes those that nobody asks for any more
 * out of the other languages, and names what they lack.
 */
const english = englishTexts();
for (const language of pluginJson.languages) {
  const known = readLocale(language);
  if (language === 'en-US') {
    writeLocale(language, english);
  } else {
    writeLocale(language, new Map([...known].filter(([key]) => english.has(key))));
    const missing = [...english].filter(([key]) => !known.has(key));
    missing.forEach(([key, text]) => console.log(`${language} lacks ${key}: ${text}`));
  }
}
