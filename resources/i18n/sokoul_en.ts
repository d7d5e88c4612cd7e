<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>FileRow</name>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) beside it</source>
        <translation>
            <numerusform>%n file beside it</numerusform>
            <numerusform>%n files beside it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryHeader</name>
    <message numerus="yes">
        <source>%n film(s)</source>
        <translation>
            <numerusform>%n film</numerusform>
            <numerusform>%n films</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n series</numerusform>
            <numerusform>%n series</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n video</numerusform>
            <numerusform>%n videos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NextCard</name>
    <message numerus="yes">
        <source>Next episode in %n s</source>
        <translation>
            <numerusform>Next episode in %n s</numerusform>
            <numerusform>Next episode in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message numerus="yes">
        <source>%n more folder(s) wait</source>
        <translation>
            <numerusform>%n more folder waits</numerusform>
            <numerusform>%n more folders wait</numerusform>
        </translation>
    </message>
</context>
</TS>
