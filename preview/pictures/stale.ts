import { oldPictures, readManifest, type OldPicture } from "./manifest";
import { wantedPictures } from "./pictures";
import { referenceDashboards } from "./reference-source";

/** The pictures of the documents that are not what they must be, and why. Needs no program. */
export function stalePictures(): OldPicture[] {
  return oldPictures(wantedPictures(referenceDashboards()), readManifest());
}
