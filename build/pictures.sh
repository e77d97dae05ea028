#!/usr/bin/env bash
# Draws the pictures of docs/pictures anew, each by the program beside it.
#
#   build/pictures.sh          all
#
# Those on virtual time come out the same on every machine, and a test compares them; of the others only the numbers differ.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -q verify -pl notebooks -am -Dpictures.draw=true -Dtest='PicturesTest#aPictureIsWhatItsProgramGives' \
  -Dsurefire.failIfNoSpecifiedTests=false
git status --short docs/pictures
