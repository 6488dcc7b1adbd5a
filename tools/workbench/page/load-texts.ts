import i18next from 'i18next';
import { id, languages } from '../../../plugin.json';

/** Loads the plugin's texts as Grafana does before it loads a plugin, in the language of `?lang=de-DE`. */
export async function loadTexts(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang');
  const language = languages.find((known) => known === asked) ?? 'en-US';
  const texts = (await (await fetch(`/public/plugins/${id}/locales/${language}/${id}.json`)).json()) as object;
  await i18next.init({ lng: language, returnEmptyString: false, resources: { [language]: { [id]: texts } } });
}
