# Writes a .qrc with every file below FOLDER under the prefix /web.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  string(APPEND entries "  <file alias=\"${file}\">${FOLDER}/${file}</file>\n")
endforeach()
file(WRITE ${OUTPUT} "<RCC><qresource prefix=\"/web\">\n${entries}</qresource></RCC>\n")
