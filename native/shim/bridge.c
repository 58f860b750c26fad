#include "bridge.h"

#include <errno.h>
#include <jni.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attached.h"
#include "exception.h"
#include "flock.h"
#include "fluent_bit.h"
#include "jvm.h"
#include "log.h"
#include "memory.h"

/*
 * A call needs only a few. Attached threads never return to Java, which would free them, so each call pushes a
 * frame.
 */
enum { LOCAL_REFERENCES = 16 };

static struct {
    jclass class;
    jclass bytes_class;
    jmethodID keys;
    jmethodID open;
    jmethodID flush;
    jmethodID close;
} java;

static char *to_text(JNIEnv *env, jbyteArray bytes)
{
    jsize length = (*env)->GetArrayLength(env, bytes);
    char *text = malloc((size_t) length + 1);

    if (text != NULL) {
        (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *) text);
        text[length] = '\0';
    }
    return text;
}

/* Implements Bridge.log: writes one message of Java to the host's log. */
static void JNICALL log_from_java(JNIEnv *env, jclass class, jint level, jbyteArray message)
{
    (void) class;
    char *text = to_text(env, message);

    if (text != NULL) {
        log_raw(level, text);
        free(text);
    }
}

/* Implements Bridge.lock: see flock_try. */
static jint JNICALL lock_for_java(JNIEnv *env, jclass class, jbyteArray path)
{
    (void) class;
    char *text = to_text(env, path);
    int descriptor = text == NULL ? FLOCK_HELD - ENOMEM : flock_try(text);

    free(text);
    return descriptor;
}

/* Implements Bridge.unlock. */
static void JNICALL unlock_for_java(JNIEnv *env, jclass class, jint descriptor)
{
    (void) env;
    (void) class;
    flock_release(descriptor);
}

/* Implements Bridge.trimMalloc. */
static void JNICALL trim_for_java(JNIEnv *env, jclass class)
{
    (void) env;
    (void) class;
    memory_trim();
}

/* Implements Bridge.releasePages. */
static void JNICALL release_pages_for_java(JNIEnv *env, jclass class)
{
    (void) env;
    (void) class;
    jvm_release_pages();
}

static jclass global_class(JNIEnv *env, const char *name)
{
    jclass local = (*env)->FindClass(env, name);

    return local == NULL ? NULL : (*env)->NewGlobalRef(env, local);
}

/* Looks up the classes and methods for later calls, once after the start of the JVM. */
static bool bind(void *argument)
{
    JNIEnv *env = argument;
    static const char broken[] = "the plugin's jars do not fit this library, install both from one release";
    const JNINativeMethod methods[] = {
        {"log", "(I[B)V", (void *) log_from_java},
        {"lock", "([B)I", (void *) lock_for_java},
        {"unlock", "(I)V", (void *) unlock_for_java},
        {"trimMalloc", "()V", (void *) trim_for_java},
        {"releasePages", "()V", (void *) release_pages_for_java},
    };

    java.bytes_class = exception_bind(env) ? global_class(env, "[B") : NULL;
    if (java.bytes_class != NULL) {
        java.class = global_class(env, "cloud/gardener/logging/jni/Bridge");
    }
    if (exception_log_pending(env, broken)) {
        return false;
    }
    if (java.class == NULL) { /* NewGlobalRef throws nothing when there is no memory. */
        log_line(FLB_LOG_ERROR, "no memory for the plugin's Java part");
        return false;
    }
    java.keys = (*env)->GetStaticMethodID(env, java.class, "keys", "()[[B");
    if (java.keys != NULL) {
        java.open = (*env)->GetStaticMethodID(env, java.class, "open", "([[B)J");
    }
    if (java.open != NULL) {
        java.flush = (*env)->GetStaticMethodID(env, java.class, "flush", "(JLjava/nio/ByteBuffer;[B)I");
    }
    if (java.flush != NULL) {
        java.close = (*env)->GetStaticMethodID(env, java.class, "close", "(J)V");
    }
    if (java.close != NULL) {
        (*env)->RegisterNatives(env, java.class, methods, sizeof(methods) / sizeof(methods[0]));
    }
    return !exception_log_pending(env, broken);
}

static jbyteArray to_bytes(JNIEnv *env, const char *text)
{
    jsize length = (jsize) strlen(text);
    jbyteArray bytes = (*env)->NewByteArray(env, length);

    if (bytes != NULL) {
        (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte *) text);
    }
    return bytes;
}

/* The host's value for each key, null when not set. NULL with an exception pending, or when there is no memory. */
static jobjectArray read_values(JNIEnv *env, property_fn property, void *host_output)
{
    jobjectArray keys = (*env)->CallStaticObjectMethod(env, java.class, java.keys);
    if ((*env)->ExceptionCheck(env) || keys == NULL) {
        return NULL;
    }
    jsize count = (*env)->GetArrayLength(env, keys);
    jobjectArray values = (*env)->NewObjectArray(env, count, java.bytes_class, NULL);

    for (jsize i = 0; values != NULL && i < count; i++) {
        jbyteArray key_bytes = (*env)->GetObjectArrayElement(env, keys, i);
        char *key = to_text(env, key_bytes);
        const char *value = key == NULL ? NULL : property(key, host_output);
        jbyteArray value_bytes = value == NULL ? NULL : to_bytes(env, value);
        if (value_bytes != NULL) {
            (*env)->SetObjectArrayElement(env, values, i, value_bytes);
            (*env)->DeleteLocalRef(env, value_bytes);
        }
        free(key);
        (*env)->DeleteLocalRef(env, key_bytes);
        if (key == NULL || (value != NULL && value_bytes == NULL)) {
            return NULL;
        }
    }
    return values;
}

struct open_call {
    property_fn property;
    void *host_output;
    jlong handle;
};

static void open_attached(void *argument_env, void *argument)
{
    JNIEnv *env = argument_env;
    struct open_call *call = argument;

    if ((*env)->PushLocalFrame(env, LOCAL_REFERENCES) == 0) {
        jobjectArray values = read_values(env, call->property, call->host_output);
        if (values != NULL) {
            call->handle = (*env)->CallStaticLongMethod(env, java.class, java.open, values);
        }
        if (exception_log_pending(env, "the output cannot start")) {
            call->handle = 0;
        }
        else if (values == NULL) {
            log_line(FLB_LOG_ERROR, "the output cannot start: no memory");
        }
        (*env)->PopLocalFrame(env, NULL);
    }
    exception_log_pending(env, "the output cannot start"); /* of PushLocalFrame */
}

void *bridge_open(property_fn property, void *host_output)
{
    struct open_call call = {.property = property, .host_output = host_output, .handle = 0};

    if (!jvm_start(bind) || !attached_run(open_attached, &call)) {
        return NULL;
    }
    return (void *) (intptr_t) call.handle;
}

struct flush_call {
    jlong handle;
    void *data;
    size_t size;
    const char *tag;
    int result;
};

static void flush_attached(void *argument_env, void *argument)
{
    JNIEnv *env = argument_env;
    struct flush_call *call = argument;

    if ((*env)->PushLocalFrame(env, LOCAL_REFERENCES) == 0) {
        jobject chunk = (*env)->NewDirectByteBuffer(env, call->data, (jlong) call->size);
        jbyteArray tag = chunk == NULL ? NULL : to_bytes(env, call->tag);
        int result = FLB_RETRY;
        if (tag != NULL) {
            result = (*env)->CallStaticIntMethod(env, java.class, java.flush, call->handle, chunk, tag);
        }
        call->result = exception_log_pending(env, "a flush failed, the chunk will come again") ? FLB_RETRY : result;
        (*env)->PopLocalFrame(env, NULL);
    }
    exception_log_pending(env, "a flush failed, the chunk will come again"); /* of PushLocalFrame */
}

int bridge_flush(void *output, const void *data, size_t size, const char *tag)
{
    struct flush_call call = {.handle = (jlong) (intptr_t) output,
                              .data = (void *) data,
                              .size = size,
                              .tag = tag,
                              .result = FLB_RETRY};

    memory_adapt_to_chunk(tag, data, size);
    attached_run(flush_attached, &call);
    return call.result;
}

static void close_attached(void *argument_env, void *argument)
{
    JNIEnv *env = argument_env;

    (*env)->CallStaticVoidMethod(env, java.class, java.close, *(jlong *) argument);
    exception_log_pending(env, "an output did not stop cleanly");
}

void bridge_close(void *output)
{
    jlong handle = (jlong) (intptr_t) output;

    if (handle != 0) {
        attached_run(close_attached, &handle);
        memory_trim();
    }
}
