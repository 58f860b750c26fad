#include "exception.h"

#include <stdio.h>
#include <string.h>

#include "fluent_bit.h"
#include "log.h"

/* Maximum depth of causes, and the local references that this requires, two for each. */
enum { MAX_CAUSES = 4, LOCAL_REFERENCES = 2 * MAX_CAUSES };

static jmethodID to_string;
static jmethodID get_cause;

bool exception_bind(JNIEnv *env)
{
    jclass throwable = (*env)->FindClass(env, "java/lang/Throwable");

    if (throwable != NULL) {
        to_string = (*env)->GetMethodID(env, throwable, "toString", "()Ljava/lang/String;");
    }
    if (to_string != NULL) {
        get_cause = (*env)->GetMethodID(env, throwable, "getCause", "()Ljava/lang/Throwable;");
    }
    return get_cause != NULL;
}

/* The result of a method without parameters; NULL when it fails or returns null. */
static jobject call_method(JNIEnv *env, jthrowable exception, jmethodID method)
{
    jobject result = (*env)->CallObjectMethod(env, exception, method);

    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionClear(env);
        return NULL;
    }
    return result;
}

/*
 * The characters of a string, which the caller must release. NULL, with no exception pending, when there is no
 * memory.
 */
static const char *chars_of(JNIEnv *env, jstring string)
{
    const char *chars = string == NULL ? NULL : (*env)->GetStringUTFChars(env, string, NULL);

    if (chars == NULL) {
        (*env)->ExceptionClear(env);
    }
    return chars;
}

/* Writes the exception's description and those of its causes. */
static void describe(JNIEnv *env, jthrowable exception, char *text, size_t size)
{
    size_t used = 0;

    for (int depth = 0; exception != NULL && depth < MAX_CAUSES; depth++) {
        jstring name = call_method(env, exception, to_string);
        const char *chars = chars_of(env, name);
        snprintf(text + used, size - used, "%s%s", depth == 0 ? "" : ", caused by ",
                 chars == NULL ? "a Java exception without a text" : chars);
        used = strlen(text);
        if (chars != NULL) {
            (*env)->ReleaseStringUTFChars(env, name, chars);
        }
        exception = call_method(env, exception, get_cause);
    }
}

bool exception_log_pending(JNIEnv *env, const char *what)
{
    jthrowable exception = (*env)->ExceptionOccurred(env);
    char text[1024] = "no memory";

    if (exception == NULL) {
        return false;
    }
    (*env)->ExceptionClear(env);
    if (get_cause != NULL && (*env)->PushLocalFrame(env, LOCAL_REFERENCES) == 0) {
        describe(env, exception, text, sizeof(text));
        (*env)->PopLocalFrame(env, NULL);
    }
    (*env)->ExceptionClear(env); /* of PushLocalFrame */
    (*env)->DeleteLocalRef(env, exception);
    log_line(FLB_LOG_ERROR, "%s: %s", what, text);
    return true;
}
