/** @grafana/runtime reads this when it is loaded. */
Object.assign(window, {
  grafanaBootData: {
    settings: { featureToggles: {}, buildInfo: { version: '12.4.0' } },
    user: { locale: 'en', timezone: 'browser' },
    navTree: [],
  },
});
