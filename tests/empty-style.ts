/** Stands for the style sheets that packages import: jsdom lays nothing out. */
export default {};
