import type { Browser } from "playwright-core";

/** A place in a picture: percent of its width and height. */
export interface ComparedBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How many pixels of two pictures differ: in each box, and outside of all. */
export interface ComparedPictures {
  /** Whether both have the same size. */
  readonly isSameSize: boolean;
  readonly inBoxes: readonly number[];
  readonly outside: number;
}

/** Compares two pictures, given as `data:` URIs, in a browser. */
export async function comparePictures(
  browser: Browser,
  pictures: readonly [string, string],
  boxes: readonly ComparedBox[],
): Promise<ComparedPictures> {
  const page = await browser.newPage();
  try {
    return await page.evaluate<ComparedPictures>(`(async () => {
      const pixelsOf = async (uri) => {
        const bitmap = await createImageBitmap(await (await fetch(uri)).blob());
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        return { width, height, pixels: new Uint32Array(context.getImageData(0, 0, width, height).data.buffer) };
      };
      const [one, other] = await Promise.all(${JSON.stringify(pictures)}.map(pixelsOf));
      const isSameSize = one.width === other.width && one.height === other.height;
      const boxes = ${JSON.stringify(boxes)}.map(({ left, top, width, height }) => ({
        // Frames and shadows are drawn around a panel.
        left: (left / 100) * one.width - 2, right: ((left + width) / 100) * one.width + 2,
        top: (top / 100) * one.height - 2, bottom: ((top + height) / 100) * one.height + 2,
      }));
      const inBoxes = boxes.map(() => 0);
      let outside = 0;
      for (let at = 0; at < one.pixels.length; at += 1) {
        if (one.pixels[at] === other.pixels[at]) continue;
        const [x, y] = [at % one.width, Math.floor(at / one.width)];
        const box = boxes.findIndex(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
        if (box < 0) outside += 1;
        else inBoxes[box] += 1;
      }
      return { isSameSize, inBoxes, outside };
    })()`);
  } finally {
    await page.close();
  }
}
