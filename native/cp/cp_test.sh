#!/bin/sh
# cp_test.sh CP TEST: runs one of the functions below against the program CP, in a folder of its own.
set -eu

cp=$1
folder=$(mktemp -d)
trap 'chmod -R u+rwx "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

die() {
    echo "$*" >&2
    exit 1
}

equal() { # expected, actual, what
    [ "$1" = "$2" ] || die "$3: expected <$1>, got <$2>"
}

# What a tree is: kind, mode and time of each entry, where links lead, and the files' sums.
picture() {
    (
        cd "$1"
        find . -mindepth 1 \( -type l -printf '%p %l\n' -o -printf '%p %y %m %T@\n' \) | sort
        find . -type f -exec cksum {} + | sort
    )
}

# Runs CP, which must fail with one line that matches the pattern.
refuses() { # pattern, arguments
    pattern=$1
    shift
    if "$cp" "$@" >out 2>err; then
        die "cp $* did not fail"
    fi
    equal 1 "$(wc -l <err)" "lines of $(cat err)"
    grep -q "^cp: $pattern\$" err || die "expected <$pattern>, got <$(cat err)>"
}

make_tree() {
    mkdir -p source/deep/er source/empty source/read-only
    echo one >source/one
    echo 'two words' >'source/deep/er/two words'
    : >source/deep/nothing
    head -c 300000 /dev/urandom >source/deep/large
    chmod 755 source/one
    chmod 640 source/deep/large
    echo three >source/read-only/three
    chmod 444 source/read-only/three
    chmod 555 source/read-only
    ln -s one source/link
    ln -s ../nowhere source/deep/dangling
    ln -s deep source/folder-link
    touch -d '2020-02-02 02:02:02.123456789' source/one source/deep/er
}

should_copy_the_content_of_a_tree_with_two_arguments() {
    make_tree
    mkdir target
    "$cp" source/. target
    equal "$(picture source)" "$(picture target)" "the tree"
}

should_copy_over_what_is_there_and_keep_what_is_beside() {
    make_tree
    mkdir -p target/deep/er target/mine
    chmod 711 target
    echo old >target/one
    chmod 400 target/one
    echo mine >target/deep/mine
    ln -s /etc/passwd target/link
    "$cp" source/. target
    equal one "$(cat target/one)" "the file"
    equal mine "$(cat target/deep/mine)" "the file beside"
    equal one "$(readlink target/link)" "the link"
    equal 711 "$(stat -c %a target)" "the mode of a folder that was there"
    "$cp" source/. target
    equal one "$(cat target/one)" "the file, copied again"
    [ -d target/mine ] || die "lost a folder"
    equal '' "$(find target -name '.cp-*')" "temporary files"
}

should_replace_a_file_without_touching_who_still_reads_it() {
    mkdir source target
    echo new >source/file
    echo old >target/file
    exec 3<target/file
    "$cp" source/. target
    equal old "$(cat <&3)" "the open file"
    equal new "$(cat target/file)" "the file"
}

should_copy_a_folder_into_a_folder() {
    make_tree
    mkdir target
    "$cp" source/ target
    equal "$(picture source)" "$(picture target/source)" "the tree"
}

should_copy_a_folder_to_a_new_name() {
    make_tree
    "$cp" -r source copy
    equal "$(picture source)" "$(picture copy)" "the tree"
    equal "$(stat -c %a source)" "$(stat -c %a copy)" "the mode"
}

should_copy_a_file_to_a_name_and_into_a_folder() {
    echo text >file
    mkdir folder
    "$cp" file folder/other
    "$cp" -- file folder
    equal text "$(cat folder/other)" "the copy"
    equal text "$(cat folder/file)" "the copy in the folder"
}

should_keep_holes() {
    mkdir source target
    truncate -s 64M source/sparse
    printf data | dd of=source/sparse bs=1 seek=1000000 conv=notrunc 2>dd
    "$cp" source/. target
    cmp source/sparse target/sparse || die "the bytes differ"
    [ "$(stat -c %b target/sparse)" -le 1024 ] || die "the holes are filled: $(stat -c %b target/sparse) blocks"
}

should_follow_no_link_out_of_the_target() {
    mkdir -p source/folder target outside
    echo text >source/folder/file
    ln -s ../outside target/folder
    refuses 'cannot replace source/./folder: Not a directory' source/. target
    equal '' "$(ls outside)" "what came outside"
}

should_refuse_a_source_that_is_not_there() {
    mkdir target
    refuses 'cannot read nothing/.: No such file or directory' nothing/. target
    refuses 'cannot read nothing: No such file or directory' nothing target
}

should_refuse_a_target_without_a_folder_above() {
    echo text >file
    refuses 'cannot open none: No such file or directory' file none/file
}

should_refuse_a_folder_over_a_file_and_a_file_over_a_folder() {
    mkdir -p source/folder other target/file
    echo text >target/folder
    refuses 'cannot replace source/./folder: Not a directory' source/. target
    echo text >other/file
    refuses 'cannot replace other/./file: Is a directory' other/. target
    equal '' "$(find target -name '.cp-*')" "temporary files"
}

should_refuse_to_copy_a_folder_into_itself() {
    mkdir -p source/target
    echo text >source/file
    refuses 'cannot copy source/./target into itself' source/. source/target
    refuses 'cannot copy source into itself' source source
    refuses 'source/. and source are the same folder' source/. source
    refuses 'cannot copy source/new into itself' source source/new
    refuses 'source/file and source/file are the same file' source/file source/file
}

should_refuse_what_is_no_file() {
    mkdir source target
    mkfifo source/pipe
    refuses 'cannot copy source/./pipe: neither a file nor a folder nor a link' source/. target
}

should_say_where_the_disk_refuses() {
    mkdir source target
    head -c 300000 /dev/zero | tr '\0' x >source/large
    (ulimit -f 100 && trap '' XFSZ && refuses 'cannot write source/./large: File too large' source/. target)
    equal '' "$(ls -A target)" "what is left of the file"
}

should_say_how_it_is_used() {
    refuses 'usage: cp SOURCE TARGET'
    refuses 'usage: cp SOURCE TARGET' one
    refuses 'usage: cp SOURCE TARGET' one two three
    refuses 'usage: cp SOURCE TARGET' --recursive one two
    refuses 'usage: cp SOURCE TARGET' '' two
}

"$2"
