import { getDocumentProxy } from "unpdf";

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
export type Pages = { count: number; document: Document };

const MOST_WIDTH = 1_600;

/** In the reader's own browser, without workers or evaluated code, as the page's policy wants it. */
export async function openPdf(bytes: ArrayBuffer): Promise<Pages> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  return { count: document.numPages, document };
}

export async function drawPage({ document }: Pages, number: number, canvas: HTMLCanvasElement): Promise<void> {
  const page = await document.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({
    scale: Math.min(MOST_WIDTH, canvas.clientWidth * window.devicePixelRatio) / natural.width,
  });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  const canvasContext = canvas.getContext("2d");
  if (canvasContext) await page.render({ canvasContext, viewport, canvas }).promise;
}
