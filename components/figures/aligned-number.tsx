import type { AlignedParts } from "./aligned-parts";

/** A number whose decimal point stands under that of its neighbours, whatever its unit. */
export function AlignedNumber({ parts: { whole, fraction, unit } }: { parts: AlignedParts }) {
  return (
    <>
      {whole}
      <span className="inline-block min-w-[1.7ch] text-left [text-decoration:inherit]">{fraction}</span>
      <span className="inline-block min-w-[2.3ch] text-left [text-decoration:inherit]">{unit}</span>
    </>
  );
}
