import type { AlignedParts } from "./aligned-parts";

/** A number whose decimal point stands under that of its neighbours, whatever its unit. */
export function AlignedNumber({ parts: { whole, fraction, unit } }: { parts: AlignedParts }) {
  return (
    <>
      {whole}
      <span className="figure-fraction">{fraction}</span>
      <span className="figure-unit">{unit}</span>
    </>
  );
}
