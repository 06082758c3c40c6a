/** The package ships no types of its own. */
declare module "subset-font" {
  type Wanted = {
    targetFormat: "sfnt" | "truetype" | "woff" | "woff2";
    variationAxes?: Readonly<Record<string, number>>;
  };
  /** The glyphs of a text, cut out of a font; a variable font at one place of its axes. */
  export default function subsetFont(font: Buffer, text: string, wanted: Wanted): Promise<Buffer>;
}
