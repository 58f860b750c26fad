#include "imports.h"

#include <elf.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__x86_64__)
#define IS_IMPORT(type) ((type) == R_X86_64_JUMP_SLOT || (type) == R_X86_64_GLOB_DAT)
#elif defined(__aarch64__)
#define IS_IMPORT(type) ((type) == R_AARCH64_JUMP_SLOT || (type) == R_AARCH64_GLOB_DAT)
#else
#define IS_IMPORT(type) ((void) (type), 0)
#endif

struct search {
    const char *function;
    void *replacement;
    bool found;
};

/* The imports in the dynamic section. The loader has already relocated the addresses of an executable. */
struct imports {
    const ElfW(Sym) *symbols;
    const char *names;
    const ElfW(Rela) *tables[2]; /* those of the procedure linkage table, and the others */
    size_t bytes[2];
};

static struct imports read_dynamic(const ElfW(Dyn) *dynamic)
{
    struct imports imports = {0};

    for (; dynamic->d_tag != DT_NULL; dynamic++) {
        switch (dynamic->d_tag) {
        case DT_SYMTAB:
            imports.symbols = (const ElfW(Sym) *) dynamic->d_un.d_ptr;
            break;
        case DT_STRTAB:
            imports.names = (const char *) dynamic->d_un.d_ptr;
            break;
        case DT_JMPREL:
            imports.tables[0] = (const ElfW(Rela) *) dynamic->d_un.d_ptr;
            break;
        case DT_PLTRELSZ:
            imports.bytes[0] = dynamic->d_un.d_val;
            break;
        case DT_RELA:
            imports.tables[1] = (const ElfW(Rela) *) dynamic->d_un.d_ptr;
            break;
        case DT_RELASZ:
            imports.bytes[1] = dynamic->d_un.d_val;
            break;
        default:
            break;
        }
    }
    return imports;
}

/*
 * The protection that the loader set for a page: read-only when the whole page lies in PT_GNU_RELRO. The last page
 * stays writable when the segment shares it with other data.
 */
static int protection_of(const struct dl_phdr_info *executable, uintptr_t page, uintptr_t page_size)
{
    for (int i = 0; i < executable->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &executable->dlpi_phdr[i];
        uintptr_t start = (executable->dlpi_addr + header->p_vaddr) & ~(page_size - 1);
        uintptr_t end = (executable->dlpi_addr + header->p_vaddr + header->p_memsz) & ~(page_size - 1);
        if (header->p_type == PT_GNU_RELRO && page >= start && page < end) {
            return PROT_READ;
        }
    }
    return PROT_READ | PROT_WRITE;
}

static bool write_slot(const struct dl_phdr_info *executable, uintptr_t address, void *value)
{
    uintptr_t page_size = (uintptr_t) sysconf(_SC_PAGESIZE);
    uintptr_t page = address & ~(page_size - 1);

    if (mprotect((void *) page, page_size, PROT_READ | PROT_WRITE) != 0) {
        return false;
    }
    atomic_store((_Atomic(void *) *) address, value);
    mprotect((void *) page, page_size, protection_of(executable, page, page_size));
    return true;
}

static int redirect_in(struct dl_phdr_info *executable, size_t size, void *argument)
{
    (void) size;
    struct search *search = argument;
    const ElfW(Dyn) *dynamic = NULL;

    for (int i = 0; i < executable->dlpi_phnum; i++) {
        if (executable->dlpi_phdr[i].p_type == PT_DYNAMIC) {
            dynamic = (const ElfW(Dyn) *) (executable->dlpi_addr + executable->dlpi_phdr[i].p_vaddr);
        }
    }
    if (dynamic != NULL) {
        struct imports imports = read_dynamic(dynamic);
        for (int table = 0; table < 2; table++) {
            size_t count = imports.tables[table] == NULL ? 0 : imports.bytes[table] / sizeof(ElfW(Rela));
            for (size_t i = 0; i < count; i++) {
                const ElfW(Rela) *entry = &imports.tables[table][i];
                const char *name = imports.names + imports.symbols[ELF64_R_SYM(entry->r_info)].st_name;
                if (IS_IMPORT(ELF64_R_TYPE(entry->r_info)) && strcmp(name, search->function) == 0) {
                    search->found |=
                        write_slot(executable, executable->dlpi_addr + entry->r_offset, search->replacement);
                }
            }
        }
    }
    return 1; /* The first object is the executable: ignore all others. */
}

bool imports_redirect(const char *function, void *replacement)
{
    struct search search = {.function = function, .replacement = replacement, .found = false};

    dl_iterate_phdr(redirect_in, &search);
    return search.found;
}
