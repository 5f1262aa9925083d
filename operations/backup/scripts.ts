/** Folder in a volume for what a backup has taken and not yet read, or what is to be restored. */
export const snapshotFolder = ".snapshot";
/** Folder in a volume with what was there before a restore, until that has worked. */
const beforeFolder = ".before-restore";
/** In that folder: all that was there is in it, and what is beside it is the backup's. */
const wholeMark = ".whole";

/**
 * Sets `each` to one entry of the current folder after the other, those that begin with a dot too. The folders of a
 * backup or a restore are left out.
 */
const forEach = (action: string) => `
for each in * .[!.]* ..?*; do
  [ -e "$each" ] || [ -L "$each" ] || continue
  case "$each" in ${snapshotFolder}|${beforeFolder}) continue;; esac
  ${action}
done`;

const emptySnapshot = `rm -rf ${snapshotFolder}\nmkdir -m 700 ${snapshotFolder}`;

/**
 * The scripts that run beside a program, in the folder of its data: in a shell as BusyBox has it, as the user of the
 * program. Each may run again after it was cut short.
 */
export const scripts = {
  /** Says whether this can work, and how many KiB the data has and the file system has left, as two numbers. */
  measure: `
touch .backup-probe && rm .backup-probe
du -sk . | while read -r used _; do echo "$used"; done
df -Pk . | while read -r _ _ _ free _; do echo "$free"; done`,

  /** All data, for a program whose files change at any place. */
  copy: `${emptySnapshot}${forEach(`cp -a "$each" ${snapshotFolder}/`)}`,

  /**
   * The data of Prometheus. A block never changes once it has its name, and of the write-ahead log and the chunks of the
   * head only the newest files do: these are copied, all others are linked, which takes no time and no space. The last
   * two, as Prometheus closes a file after it has opened the next.
   */
  copyBlocks: `${emptySnapshot}${forEach(`case "$each" in
    lock|queries.active|*.tmp*) ;;
    wal|wbl|chunks_head)
      mkdir "${snapshotFolder}/$each"
      last= ; last_but_one=
      for file in "$each"/*; do
        [ -e "$file" ] || continue
        case "$file" in *.tmp*) continue;; esac
        cp -al "$file" "${snapshotFolder}/$file"
        [ -d "$file" ] || { last_but_one=$last; last=$file; }
      done
      for file in $last_but_one $last; do
        rm "${snapshotFolder}/$file"
        cp -a "$file" "${snapshotFolder}/$file"
      done;;
    *) cp -al "$each" ${snapshotFolder}/;;
  esac`)}`,

  /** Removes what a backup has taken. */
  sweep: `rm -rf ${snapshotFolder}`,

  /** Puts a snapshot in the place of the data, and the data aside. The program must not run. */
  swap: `
mkdir -m 700 ${beforeFolder}${forEach(`mv "$each" ${beforeFolder}/`)}
touch ${beforeFolder}/${wholeMark}
cd ${snapshotFolder}${forEach(`mv "$each" ../`)}
cd ..
rmdir ${snapshotFolder}`,

  /** Brings back what was there before a swap, however far that came. The program must not run. */
  undo: `
if [ -d ${beforeFolder} ]; then
  if [ -e ${beforeFolder}/${wholeMark} ]; then${forEach(`rm -rf "$each"`)}
    rm ${beforeFolder}/${wholeMark}
  fi
  cd ${beforeFolder}${forEach(`mv "$each" ../`)}
  cd ..
  rmdir ${beforeFolder}
fi
rm -rf ${snapshotFolder}`,

  /** Removes what was there before a restore that has worked. */
  keep: `rm -rf ${beforeFolder} ${snapshotFolder}`,
} as const;
