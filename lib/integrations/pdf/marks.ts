import type { Drawing } from "./flow";
import { layLines } from "./lines";
import { COLOURS, child, drawLine, PAGE, type Sheet, tagged } from "./sheet";

const LABEL = { role: "text", size: 8, width: 200 } as const;

function drawMarks(sheet: Sheet, { rules, path, dots, labels }: Drawing): void {
  const { doc } = sheet;
  const [x0, y0] = [PAGE.left, sheet.y];
  for (const { x1, x2, y } of rules)
    doc
      .moveTo(x0 + x1, y0 + y)
      .lineTo(x0 + x2, y0 + y)
      .lineWidth(0.6)
      .stroke(COLOURS.line);
  doc.save().translate(x0, y0).path(path).lineWidth(1.4).stroke(COLOURS.series).restore();
  for (const { x, y } of dots) doc.circle(x0 + x, y0 + y, 2).fill(COLOURS.series);
  for (const { x, y, text, anchor, muted } of labels) {
    const line = layLines([{ text, muted }], LABEL, sheet.measure).lines[0];
    if (!line) continue;
    const shift = anchor === "end" ? line.width : anchor === "middle" ? line.width / 2 : 0;
    drawLine(sheet, line, { x: x0 + x - shift, baseline: y0 + y });
  }
}

/** A chart at the sheet's place, with its words for those who do not see it; the place moves below it. */
export function drawFigure(sheet: Sheet, drawing: Drawing, alt: string): void {
  const bbox: [number, number, number, number] = [
    ...([PAGE.left, sheet.y] as const),
    ...([PAGE.left + drawing.width, sheet.y + drawing.height] as const),
  ];
  tagged(sheet, child(sheet, sheet.root, "Figure", { alt, bbox }), "Figure", () => drawMarks(sheet, drawing));
  sheet.y += drawing.height;
}
