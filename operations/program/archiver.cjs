// In place of the package of this name and the sixth of the program that it pulls in. The framework runs it for assets of the
// type ARCHIVE, in a process of its own that it starts from its own file: from a compiled program it cannot, and no stack
// here has one.
"use strict";

module.exports = () => {
  throw new Error(
    "an asset of the type ARCHIVE cannot be packed by the compiled program: use AssetType.FILE or AssetType.DIRECTORY",
  );
};
