#!/usr/bin/env bash
# Puts the Asterisk of a Debian suite into a folder, once: install-asterisk.sh SUITE FOLDER
set -euo pipefail
suite=$1
root=$2
if [ -e "$root/.complete" ]; then
  exit 0
fi
rm -rf "$root"
mkdir -p "$root"
debootstrap --variant=minbase --include=asterisk "$suite" "$root"
for device in null zero random urandom; do
  [ -e "$root/dev/$device" ] || cp -a "/dev/$device" "$root/dev/$device"
done
touch "$root/.complete"
