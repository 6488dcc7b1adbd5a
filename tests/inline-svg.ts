/** Stands for the loader of icons, which would fetch each over the network. */
export default function InlineSvg() {
  return null;
}
